invitation-title = Ton invitation
invitation-lead = Tes propres phrases, mises ensemble. Elle reste avec toi jusqu’à ce que tu la dises.
invitation-empty = Rien n’est encore ici. Chaque exercice laisse une phrase, et elles se rassemblent ici.
invitation-empty-begin = Commencer par « { $title } »
invitation-parts = Les six parties
invitation-parts-count = { $count ->
    [one] { $count } sur 6 est ici. Aucune n’est obligatoire.
   *[other] { $count } sur 6 sont ici. Aucune n’est obligatoire.
}
invitation-part-missing = Pas encore ici. Elle vient de « { $title } ».
invitation-part-nowhere = Pas encore ici.
invitation-words = Tes mots
invitation-words-note = Change tout ce que tu veux. Dis-le à ta façon.
invitation-words-hint = Écris ce que tu aimerais dire.
invitation-behind = Une partie a changé depuis que tu as modifié tes mots.
invitation-behind-anew = Tout remettre ensemble
invitation-behind-stay = Garder mes mots
invitation-behind-note = Tes mots actuels iraient dans les versions gardées.
invitation-show = L’afficher en grand
invitation-keep = Garder cette version
invitation-kept = C’est gardé. Tu la trouves sous « Versions gardées ».
invitation-kept-already = Cette version est déjà gardée.
invitation-plan = Ton plan « si…, alors… »
invitation-plan-note = Juste pour toi.
invitation-plan-missing = Pas encore de plan. La plupart des exercices se terminent par un plan.
invitation-versions = Versions gardées
invitation-version = { $date }, { $time }
invitation-version-restore = Reprendre celle-ci
invitation-version-delete = Supprimer cette version
invitation-version-deleted = La version est supprimée.
card-empty = Il n’y a pas encore de mots ici.
card-empty-open = Aller à ton invitation
card-plan = Ton plan : { $plan }
