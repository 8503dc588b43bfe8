# La liste
therapists-title = Thérapeutes
therapists-count = { $count ->
    [one] Une personne sur votre liste commune.
   *[other] { $count } personnes sur votre liste commune.
}
therapists-add = Ajouter un thérapeute
therapists-import = Importer un fichier
therapists-search = Chercher
therapists-search-hint = Nom, ville, sujet, téléphone
therapists-nobody = Personne ici ne correspond à ces mots.
therapists-everyone = Montrer tout le monde
therapists-meant = Vouliez-vous dire { $name } ?
therapists-km = environ { $km } km
therapists-order = Trier par
therapists-choose-one = Choisis quelqu’un dans la liste pour en voir plus.
therapists-empty-lead = Personne n’est encore sur votre liste. Un ou deux noms suffisent pour commencer.
therapists-empty-how = Comment trouver un premier nom
therapists-empty-ask = Demande à ton médecin de famille, ou à quelqu’un en qui vous avez confiance. Votre assurance a peut-être aussi une liste.
therapists-empty-few = Un court appel aide le plus : Prenez-vous de nouveaux couples ? Quelle part de votre travail se fait avec des couples ?
therapists-empty-note = Vous voyez cette liste tous les deux. Sameside ne l’envoie nulle part.
# Ce qui est laissé de côté
therapists-filters = Réduire la liste
therapists-filters-set = { $count ->
    [one] Un souhait est choisi
   *[other] { $count } souhaits sont choisis
}
therapists-hidden = { $count ->
    [one] Une fiche est cachée :
   *[other] { $count } fiches sont cachées :
}
therapists-hidden-reason = Montrer : { $reason } ({ $count })
therapists-filter-any = Peu importe
therapists-filter-setting = Comment vous rencontrer
therapists-filter-taking-new = Prend de nouveaux couples
therapists-filter-fee = Tarif le plus élevé
therapists-filter-times = Heures
therapists-filter-trial = Une seule séance d’essai est possible
therapists-filter-language = Langue
therapists-filter-note = Qui n’a pas encore répondu reste dans la liste. Un appel peut le dire.
# Enregistrer la liste
therapists-export = Enregistrer la liste dans un fichier
therapists-export-where = Où l’enregistrer
therapists-export-note = Vos notes sont aussi dans ce fichier. Un tableur peut l’ouvrir.
therapists-export-save = Enregistrer
therapists-exported = { $count ->
    [one] Une fiche est enregistrée dans { $path }.
   *[other] { $count } fiches sont enregistrées dans { $path }.
}
file-missing = Il n’y a pas de fichier de ce nom. Vérifie le chemin. Rien n’a changé.
file-folder = C’est un dossier. Nomme un fichier dedans.
file-no-folder = Ce dossier n’existe pas. Choisis un autre endroit.
file-taken = Il y a déjà un fichier de ce nom. Choisis un autre nom.
file-system = Le fichier n’a pas pu être lu : { $why }. Rien n’a changé.
file-not-written = Le fichier n’a pas pu être écrit.
# Une personne
therapist-gone-title = Cette personne n’est pas sur la liste
therapist-to-list = Vers la liste
therapist-deleted = { $name } n’est plus sur la liste.
therapist-takes-new = prend de nouveaux couples
therapist-takes-none = pas de nouveaux couples pour le moment
therapist-meets-both = en personne et en ligne
therapist-meets-in-person = en personne
therapist-meets-online = en ligne
therapist-takes-new-long = Prend de nouveaux couples
therapist-takes-none-long = Ne prend pas de nouveaux couples pour le moment
therapist-takes-unknown = Personne n’a encore demandé s’il y a de la place pour un nouveau couple
therapist-asked-on = Demandé le { $date }
therapist-fee-fact = { $fee } la séance
therapist-fee-sliding = { $fee } la séance, moins pour un petit revenu
therapist-meets-fact = Rencontre { $how }
therapist-training-fact = Formation pour couples : { $training }
therapist-hours-both = Reçoit le soir et la fin de semaine
therapist-hours-evenings = Reçoit le soir
therapist-hours-weekends = Reçoit la fin de semaine
therapist-call = Appeler le { $phone }
therapist-mail = Écrire à { $mail }
therapist-web = Ouvrir { $page }
therapist-map = Carte : { $address }
therapist-copy = Copier { $text }
therapist-browser-note = Les pages web et la carte s’ouvrent dans ton navigateur, qui va en ligne.
therapist-no-contact = Rien ici ne permet encore de joindre cette personne. Tu peux l’ajouter avec Modifier.
therapist-fact = { $label } : { $value }
therapist-from = Trouvé dans : { $source }
therapist-added-by = Mis sur la liste par { $name }
therapist-checked-on = Vérifié le { $date }
therapist-checked-today = Vérifié aujourd’hui
therapist-checked-never = Personne n’a encore vérifié si tout cela est juste.
therapist-check-today = J’ai vérifié, c’est toujours juste
therapist-delete = Retirer de la liste
therapist-date-year = { $date } { $year }
therapist-percent = { $count } %
# Deux réponses à la fois
therapist-clash-title = Vous avez tous les deux changé ceci : { $field }
therapist-clash-note = Rien n’est perdu. Choisis ce qu’il faut garder. La première réponse compte d’ici là.
therapist-clash-deleted = sur la liste ou non
therapist-clash-nothing = (rien)
therapist-clash-off = Retirer de la liste
therapist-clash-on = Garder sur la liste
# Le formulaire
therapist-edit-title = Modifier
therapist-edit-lead = Seul le nom est nécessaire. Tout s’enregistre pendant que tu écris.
therapist-edit-rest = Le reste peut attendre. Ouvre ce que tu sais.
therapist-edit-filled = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
}
therapist-edit-undo = Annuler mes changements
therapist-edit-discard = Ne pas garder cette fiche
therapist-edit-name-first = Il faut un nom pour garder cette fiche. Un prénom suffit.
therapist-edit-commas = Y en a-t-il plusieurs ? Mets une virgule entre chaque.
therapist-not-known = Pas connu
therapist-wrong-number = Cela ne ressemble pas à un nombre. Ton texte ira tel quel dans les notes.
therapist-wrong-date = Une date ressemble à 2026-11-20. Tout autre texte ira dans les notes.
therapist-wrong-fee = Un tarif ressemble à 160 CAD. Tout autre texte ira dans les notes.
therapist-wrong-languages = Une langue s’écrit par son nom, comme français, ou par son code, comme fr-CA. Tout autre texte ira dans les notes.
therapist-languages-read = Gardé ainsi : { $languages }
therapists-wrong-fee = Un tarif ressemble à 160 CAD.
therapist-group-contact = Contact et adresse
therapist-group-couples = Travail avec les couples
therapist-group-money = Argent
therapist-group-times = Heures et lieu
therapist-group-fit = Affinités
therapist-group-ethics = Ce qui est juste pour vous deux
therapist-group-notes = Notes et source
therapist-name = Nom
therapist-phones = Téléphone
therapist-taking-new = Prend de nouveaux couples
therapist-fee = Tarif d’une séance
therapist-mails = Courriel
therapist-webs = Page web
therapist-practice = Cabinet ou clinique
therapist-street = Rue
therapist-city = Ville
therapist-region = Province ou État
therapist-postcode = Code postal
therapist-country = Pays
therapist-pronouns = Pronoms
therapist-training = Formation pour le travail de couple
therapist-share = Part du travail faite avec des couples
therapist-years = Années de travail
therapist-style = Façon de mener la séance
therapist-homework = Donne des choses à faire à la maison
therapist-minutes = Durée d’une séance en minutes
therapist-credential = Titre ou permis
therapist-licence-number = Numéro de permis
therapist-licence-region = Permis donné par
therapist-licence-board = Page de l’ordre
therapist-npi = Numéro NPI (É.-U.)
therapist-aamft = Membre émérite de l’AAMFT
therapist-sliding = Tarif plus bas pour un petit revenu
therapist-free-consult = Premier court appel gratuit
therapist-insurance = Assurance
therapist-receipt = Reçu pour l’assurance
therapist-cancellation = Si vous annulez tard
therapist-in-person = En personne
therapist-online = En ligne
therapist-step-free = Accès sans marches
therapist-evenings = Heures de soir
therapist-weekends = Heures de fin de semaine
therapist-wait = Semaines avant une première séance
therapist-taking-new-checked = Demandé pour les nouveaux couples le
therapist-languages = Langues
therapist-topics = Sujets bien connus
therapist-welcomes = À l’aise avec
therapist-gender = Genre, si cela compte pour vous
therapist-age = Âge, si cela compte pour vous
therapist-no-secrets = Ne garde pas de secrets entre vous deux
therapist-sees-alone = Rencontre aussi chacun de vous, séparément
therapist-safety-screening = Demande à chacun, en privé, si tout est sûr à la maison
therapist-trial = Offre une séance d’essai
therapist-stance = Sa position sur une séparation
therapist-source = Où l’avez-vous trouvé
therapist-checked = Vérifié le
therapist-notes = Notes pour vous deux
# Un fichier
import-title = Importer un fichier
import-lead = Des contacts, une feuille de calcul ou une liste enregistrée. Tu vois ce qu’il contient avant d’ajouter quoi que ce soit.
import-choose = Choisir un fichier
import-path = Ou écris où il se trouve
import-path-note = Tu peux aussi coller le chemin, ou déposer le fichier sur cette fenêtre.
import-open = Ouvrir
import-how = Les contacts viennent en fichiers vCard. Une feuille de calcul s’enregistre en CSV, un thérapeute par ligne. Les listes JSON et RON et les fichiers du registre américain (NPPES) conviennent aussi.
import-reading = Lecture du fichier
import-nothing-yet = Rien n’est encore ajouté.
import-count-new = { $count ->
    [0] Aucune personne n’est nouvelle.
    [one] Une personne est nouvelle.
   *[other] { $count } personnes sont nouvelles.
}
import-count-known = { $count ->
    [one] Une est déjà ici et reste telle quelle.
   *[other] { $count } sont déjà ici et restent telles quelles.
}
import-count-unusable = { $count ->
    [one] Une ligne ne peut pas servir.
   *[other] { $count } lignes ne peuvent pas servir.
}
import-add = { $count ->
    [one] Ajouter une personne
   *[other] Ajouter { $count } personnes
}
import-new = Nouvelles fiches
import-unusable = Ne peut pas servir
import-known = Déjà ici
import-same = Ligne { $line } : { $name } ({ $why })
import-more = et { $count } de plus
import-unknown-headings = Ces colonnes n’ont pas de place à elles et vont dans les notes : { $headings }
import-aside = { $count ->
    [one] Dans une ligne, une valeur n’était pas claire. Elle va telle quelle dans les notes.
   *[other] Dans { $count } lignes, une valeur n’était pas claire. Elle va telle quelle dans les notes.
}
import-done = { $count ->
    [one] Une personne a été ajoutée.
   *[other] { $count } personnes ont été ajoutées.
}
import-undone = Ces personnes ne sont plus sur la liste.
import-redo = Les ajouter quand même
import-to-list = Voir la liste
import-count-organisations = { $count ->
    [one] Parmi elles, il y a un cabinet plutôt qu’une personne.
   *[other] Parmi elles, il y a { $count } cabinets plutôt que des personnes.
}
import-bad-photos = { $count ->
    [one] Une photo n’a pas pu être lue. Elle est laissée de côté.
   *[other] { $count } photos n’ont pas pu être lues. Elles sont laissées de côté.
}
import-count-met = { $count ->
    [one] Une personne est déjà là. Ce que dit votre liste reste, sauf si tu choisis plus bas.
   *[other] { $count } sont déjà là. Ce que dit votre liste reste, sauf si tu choisis plus bas.
}
import-count-left-out = { $count ->
    [one] Une personne est laissée de côté : autre État ou autre domaine.
   *[other] { $count } sont laissées de côté : autre État ou autre domaine.
}
import-fill = { $count ->
    [one] Compléter une fiche
   *[other] Compléter { $count } fiches
}
import-filled = { $count ->
    [one] Une fiche déjà là a été complétée.
   *[other] { $count } fiches déjà là ont été complétées.
}
import-met = { $name } ({ $why })
import-met-list = Votre liste : { $value }
import-met-file = Le fichier : { $value }
import-more-met = { $count ->
    [one] Dans une autre fiche, seul ce qui est vide est rempli.
   *[other] Dans { $count } autres fiches, seul ce qui est vide est rempli.
}
import-read-so-far = { $count } entrées lues
import-adding = Ajout en cours
import-not-saved = L’enregistrement n’a pas réussi, donc rien n’a changé.
import-state-title = Quel État ?
import-state-lead = C’est un gros fichier du registre américain. Sameside prend les personnes d’un seul État qui peuvent travailler avec des couples.
import-state = Les deux lettres de l’État
import-columns-say = Dire ce que sont les colonnes
import-columns-title = Que sont ces colonnes ?
import-columns-lead = La colonne du nom suffit. Ta réponse sert aussi la prochaine fois.
import-columns-headings = La première ligne contient les titres
import-columns-name-first = Choisis d’abord la colonne du nom.
import-columns-done = Continuer
import-column-number = Colonne { $number }
import-column-known = déjà connue
import-column-sample = Par exemple : { $sample }
import-first-name = Prénom
import-last-name = Nom de famille
import-leave-out = Laisser de côté
therapist-noted-on = Noté ou vérifié le { $date }
therapist-calls = Appelle le { $phone }
export-kind = Quel genre de fichier
export-csv = Feuille de calcul
export-vcard = Contacts
export-sheet = Page à imprimer
export-ron = Sameside
export-json = JSON
import-demo = Faire d’abord un tour avec des thérapeutes inventés
import-demo-name = Thérapeutes inventés
finders-title = Où chercher
finders-note = Ces pages s’ouvrent dans ton navigateur, qui va en ligne. La liste date du { $date } : si une adresse a changé, cherche le nom.

therapist-photo = Photo
therapist-photo-there = une photo
photo-of = Photo de { $name }
photo-add = Ajouter une photo
photo-other = Une autre photo
photo-remove = Retirer la photo
photo-choose = Choisis une photo
photo-path = Où est l’image
photo-note = Une petite copie est gardée avec votre liste. L’image elle-même ne change pas.
photo-take = Prendre cette image
photo-not-a-picture = Ce n’est pas une image qui peut être lue. Choisis un fichier JPEG, PNG, WebP ou GIF.
photo-too-large = Cette image est trop grande. Enregistres-en une copie plus petite et choisis-la.
photo-damaged = Cette image est abîmée. Ouvre-la dans un autre programme, enregistre-la de nouveau et choisis celle-là.
