today-title = Aujourd’hui
today-greeting = Bonjour { $name }
today-path = Où vous en êtes sur le chemin : { $stage }
today-here = Vous en êtes ici : { $stage }
today-begin = Commencer
today-go-on = Continuer
today-minutes = Environ { $minutes } minutes
today-something-else = Autre chose
today-moment-title = Un moment calme
today-moment-none = Aucun rappel n’est prévu.
today-moment-set = Choisir un moment tranquille
today-moment-next = Prochain moment tranquille : { $date }, vers { $time }.
today-moment-quiet = Rien n’est prévu pour l’instant.
today-moment-missed = Il y avait une note pour toi pendant que la fenêtre était fermée.
today-argued = On s’est chicanés
today-argued-said = C’est noté. Le rappel se tait pendant une journée. Le lendemain est souvent un bon moment pour en parler.
today-calm-now = Est-ce calme ?
today-invitation-title = Ton invitation
today-invitation-parts = { $count ->
    [one] Une partie est prête.
   *[other] { $count } parties sont prêtes.
}
today-choose-title = Trouver quelqu’un ensemble
today-choose-lead = Chaque personne marque la liste en privé. Ensuite, vous voyez qui va à vous deux.
today-agreed-title = { $name } va à vous deux
today-agreed-open = Prévoir la séance
today-rest = Rien à faire pour l’instant
today-rehearse = Relire ton invitation
today-rehearse-open = La relire
today-quiet-times = Choisir tes moments tranquilles
today-list-open = Ouvrir la liste
today-choose-open = Choisir à deux
