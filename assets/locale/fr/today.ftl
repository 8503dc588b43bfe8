today-title = Aujourd’hui
today-greeting = Bonjour { $name }
today-path = Où vous en êtes sur le chemin : { $stage }
today-here = Vous en êtes ici : { $stage }
today-one-step = Un petit pas
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
today-agreed-lead = La prochaine étape est un appel.
today-agreed-open = Prévoir la séance
today-refused-title = La réponse était non
today-refused-lead = Ça compte. Aucun rappel ne va insister. Tu peux quand même prendre soin de toi.
today-nothing = Rien de plus pour aujourd’hui. C’est très bien.
today-look-around = Voir les exercices
