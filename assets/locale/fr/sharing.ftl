share-title = Un dossier pour vous deux
settings-share = Où se trouve le dossier partagé
settings-share-none = Sur cet appareil seulement
welcome-share = Nous partageons déjà un dossier
share-lead = Si chaque personne a son appareil, vous pouvez vous retrouver dans un dossier présent sur les deux.
share-holds = Dans ce dossier : les thérapeutes, le tour et ses avis scellés, les réponses que vous avez accepté de montrer, le plan, vos noms, et la parole de chaque personne sur les demandes.
share-never = Jamais dans ce dossier : ton espace à toi, les brouillons, le rappel.
share-program = Sameside n’envoie rien. Un autre programme doit garder le dossier pareil sur les deux appareils, par exemple Syncthing ou Nextcloud. Une clé USB que l’on porte d’un appareil à l’autre convient aussi.
share-readers = Qui peut lire ce dossier peut lire ce qu’il contient.
share-first-note = Attends que le dossier soit sur cet appareil, puis choisis-le.
share-path = Le dossier
share-dialog = Choisir un dossier…
share-look = Regarder ce dossier
share-looking = Un coup d’œil. Rien ne change encore…
share-working = Tout se met en place…
share-now = Vous partagez ce dossier :
share-keep-here = Garder sur cet appareil seulement
share-keep-note = Une copie revient ici. Le dossier, lui, reste tel quel.
share-found-new = Un nouveau dossier partagé commence ici.
share-found-one = Dans ce dossier : { $one }.
share-found-two = Dans ce dossier : { $one } et { $two }.
share-found-nobody = Il y a déjà un dossier partagé ici, sans noms.
share-begins =
    { $here ->
        [0] Il n’y a pas encore de thérapeutes à apporter.
        [one] Une fiche de thérapeute suit.
       *[other] { $here } fiches de thérapeutes suivent.
    }
share-joins = Thérapeutes là-bas : { $there }. Ici : { $here }. Les deux listes n’en font plus qu’une, et rien ne se perd.
share-who = Qui es-tu des deux ?
share-who-first = J’ai installé Sameside en premier
share-who-second = Je suis l’autre personne
share-leaves-round = Un tour d’avis ou des réponses scellées ont été commencés sur cet appareil seul. Ils ne peuvent pas suivre. Ce que tu as écrit pour toi reste à toi ; commencez le tour ensemble, dans le dossier.
share-old-stays = Ce qui est ici maintenant est gardé sur cet appareil, comme copie plus ancienne.
share-do-new = Partager ce dossier
share-do-join = Rejoindre ce dossier
share-another = En choisir un autre
share-done = Maintenant, vous voyez à deux les thérapeutes, le plan et ce que vous avez accepté de montrer.
share-done-note = L’autre appareil peut mettre un moment à tout recevoir. Cela dépend du programme qui tient le dossier à jour.
share-done-new = Cet appareil partage maintenant le dossier.
share-done-new-note = Sur l’autre appareil : quand le dossier y est, il reste à le choisir dans Sameside. Au premier démarrage, c’est « Nous partageons déjà un dossier » ; plus tard, c’est dans les réglages.
share-kept = Tout est sur cet appareil seulement.
share-kept-note = Le dossier que vous partagiez reste où il est, avec ce qu’il contient.
share-away =
    Le dossier partagé n’est pas là en ce moment :
    { $path }
share-away-note = Une clé USB est peut-être retirée, ou un programme est arrêté. Rien n’est perdu. Si tu gardes tout sur cet appareil seulement, Sameside continue avec ce qui était ici avant le partage. Ce qui est venu après est dans le dossier ; choisis-le de nouveau quand il revient, et tout se rejoint.
share-look-again = Regarder de nouveau
share-error-missing = Il n’y a pas de dossier à cet endroit. Vérifie le chemin, ou choisis-le avec le bouton.
share-error-not-folder = Ce n’est pas un dossier. Choisis le dossier où cela se trouve.
share-error-link = C’est un lien. Choisis le dossier où il mène.
share-error-not-writable = Sameside n’a pas le droit d’écrire là. Choisis un autre dossier, ou donne ce droit dans les réglages du dossier.
share-error-inside = C’est à l’intérieur des dossiers de Sameside. Choisis un dossier ailleurs.
share-error-around = Le dossier de Sameside, avec tes mots privés, est à l’intérieur de celui-ci. Choisis un dossier qui ne contient que ce que vous partagez.
share-error-same = Vous partagez déjà ce dossier. Rien n’a besoin de changer.
share-error-taken = Le dossier « Sameside » qu’il contient sert à autre chose, ou ne se lit pas. Choisis un dossier vide.
share-error-no-room = Il n’y a pas assez de place. Fais-en un peu, ou choisis un autre dossier.
share-error-unsaved = Tout n’est pas encore enregistré. Attends un peu, puis essaie de nouveau.
share-error-away = Le dossier partagé n’est toujours pas là. Branche-le, puis regarde de nouveau.
share-error-both-here = Vous utilisez cet appareil à deux, et dans ce dossier vos places sont inversées. Fais plutôt commencer cet appareil dans un dossier vide, puis rejoignez-le depuis l’autre.
share-error-reopen = Le dossier est choisi. Ferme Sameside et ouvre-le encore une fois : tes propres affaires finiront de se mettre en place.
share-error-disk = Le disque n’a pas voulu : { $why }
erase-all-shared = Le dossier partagé reste tel quel, car il est à vous deux. Si vous voulez tous deux qu’il disparaisse, supprimez-le vous-mêmes à cet endroit : { $path }
