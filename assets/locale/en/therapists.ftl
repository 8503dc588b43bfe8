# The list
therapists-title = Therapists
therapists-count = { $count ->
    [one] One therapist on your shared list.
   *[other] { $count } therapists on your shared list.
}
therapists-add = Add a therapist
therapists-import = Import a file
therapists-search = Search
therapists-search-hint = Name, town, topic, phone
therapists-nobody = Nobody here matches these words.
therapists-everyone = Show everyone
therapists-meant = Did you mean { $name }?
therapists-km = about { $km } km
therapists-order = Sort by
therapists-choose-one = Choose someone from the list to see more.
therapists-empty-lead = Nobody is on your list yet. One or two names are enough to begin.
therapists-empty-how = How to find a first name
therapists-empty-ask = Ask your family doctor, or a friend you both trust. Your insurance may have a list as well.
therapists-empty-few = A short call helps most: Do you take new couples? How much of your work is with couples?
therapists-empty-note = Both of you see this list. Sameside itself sends it nowhere.
# What is left out
therapists-filters = Narrow the list
therapists-filters-set = { $count ->
    [one] One wish is set
   *[other] { $count } wishes are set
}
therapists-hidden = { $count ->
    [one] One is hidden:
   *[other] { $count } are hidden:
}
therapists-hidden-reason = Show: { $reason } ({ $count })
therapists-filter-any = Any
therapists-filter-setting = How you would meet
therapists-filter-taking-new = Takes new couples
therapists-filter-fee = Highest fee
therapists-filter-times = Times
therapists-filter-trial = One trial session is fine
therapists-filter-language = Language
therapists-filter-note = Whoever has not been asked yet stays in the list. A call can settle it.
# Saving the list
therapists-export = Save the list in a file
therapists-export-where = Where to save it
therapists-export-note = Your notes on them are in this file too. A spreadsheet can open it.
therapists-export-save = Save
therapists-exported = { $count ->
    [one] One therapist was saved in { $path }.
   *[other] { $count } therapists were saved in { $path }.
}
file-missing = There is no file of this name. Please check the path. Nothing was changed.
file-folder = This is a folder. Please name a file in it.
file-no-folder = There is no such folder. Please choose another place.
file-taken = There is a file of this name already. Please choose another name.
file-system = The file could not be read: { $why }. Nothing was changed.
file-not-written = The file could not be written.
# One therapist
therapist-gone-title = This therapist is not on the list
therapist-to-list = To the list
therapist-deleted = { $name } was taken off the list.
therapist-takes-new = takes new couples
therapist-takes-none = no new couples now
therapist-meets-both = in person and online
therapist-meets-in-person = in person
therapist-meets-online = online
therapist-takes-new-long = Takes new couples
therapist-takes-none-long = Takes no new couples now
therapist-takes-unknown = Nobody has asked yet whether they take new couples
therapist-asked-on = Asked on { $date }
therapist-fee-fact = { $fee } for a session
therapist-fee-sliding = { $fee } for a session, less for those who earn less
therapist-meets-fact = Meets { $how }
therapist-training-fact = Trained for couples: { $training }
therapist-hours-both = Has evening and weekend hours
therapist-hours-evenings = Has evening hours
therapist-hours-weekends = Has weekend hours
therapist-call = Call { $phone }
therapist-mail = Write to { $mail }
therapist-web = Open { $page }
therapist-map = Map: { $address }
therapist-copy = Copy { $text }
therapist-browser-note = Web pages and the map open in your browser, which goes online.
therapist-no-contact = There is no way to reach them here yet. You can add one with Edit.
therapist-fact = { $label }: { $value }
therapist-from = Found in: { $source }
therapist-added-by = Put on the list by { $name }
therapist-checked-on = Last checked on { $date }
therapist-checked-today = Checked today
therapist-checked-never = Nobody has checked yet whether all this still holds.
therapist-check-today = I checked, it still holds
therapist-delete = Take off the list
therapist-date-year = { $date }, { $year }
therapist-percent = { $count } %
# Two answers at once
therapist-clash-title = You both changed this: { $field }
therapist-clash-note = Neither is lost. Choose the one to keep. The first one counts until then.
therapist-clash-deleted = on the list or not
therapist-clash-nothing = (nothing)
therapist-clash-off = Take off the list
therapist-clash-on = Keep on the list
# The form
therapist-edit-title = Edit
therapist-edit-lead = Only the name is needed. All of it is saved as you type.
therapist-edit-rest = The rest can wait. Open what you know.
therapist-edit-filled = { $count } filled in
therapist-edit-undo = Undo my changes
therapist-edit-discard = Don’t keep this
therapist-edit-name-first = A name is needed before this can be kept. A first name will do.
therapist-edit-commas = Is there more than one? Put a comma between them.
therapist-not-known = Not known
therapist-wrong-number = This does not look like a number. It will go into the notes as you wrote it.
therapist-wrong-date = A date looks like 2026-11-20. Anything else will go into the notes.
therapist-wrong-fee = A fee looks like 160 CAD. Anything else will go into the notes.
therapist-wrong-languages = A language is written by its name, such as French, or its code, such as fr-CA. Anything else will go into the notes.
therapist-languages-read = Kept as: { $languages }
therapists-wrong-fee = A fee looks like 160 CAD.
therapist-group-contact = Contact and address
therapist-group-couples = Work with couples
therapist-group-money = Money
therapist-group-times = Times and place
therapist-group-fit = Fit
therapist-group-ethics = How they keep it fair
therapist-group-notes = Notes and source
therapist-name = Name
therapist-phones = Phone
therapist-taking-new = Takes new couples
therapist-fee = Fee for a session
therapist-mails = Mail address
therapist-webs = Web page
therapist-practice = Practice or clinic
therapist-street = Street
therapist-city = Town
therapist-region = Province or state
therapist-postcode = Postal code
therapist-country = Country
therapist-pronouns = Pronouns
therapist-training = Training for couples work
therapist-share = Share of their work that is couples
therapist-years = Years of work
therapist-style = How they lead the hour
therapist-homework = Gives things to do at home
therapist-minutes = Length of a session in minutes
therapist-credential = Title or licence
therapist-licence-number = Licence number
therapist-licence-region = Licence given by
therapist-licence-board = Page of the licence board
therapist-npi = NPI number (US)
therapist-aamft = AAMFT fellow
therapist-sliding = Lower fee for those who earn less
therapist-free-consult = First short talk is free
therapist-insurance = Insurance
therapist-receipt = Receipt for insurance
therapist-cancellation = If you cancel late
therapist-in-person = In person
therapist-online = Online
therapist-step-free = No steps to get in
therapist-evenings = Evening hours
therapist-weekends = Weekend hours
therapist-wait = Weeks until a first session
therapist-taking-new-checked = Asked about new couples on
therapist-languages = Languages
therapist-topics = Topics they know well
therapist-welcomes = At home with
therapist-gender = Gender, if it matters to you
therapist-age = Age, if it matters to you
therapist-no-secrets = Keeps no secrets between you two
therapist-sees-alone = Also sees each of you alone
therapist-safety-screening = Asks each alone about safety
therapist-trial = Offers one trial session
therapist-stance = On staying or parting
therapist-source = Where you found them
therapist-checked = Last checked on
therapist-notes = Notes for both of you
# A file
import-title = Import a file
import-lead = Contacts, a spreadsheet or a saved list. You see what is in it before anything is added.
import-choose = Choose a file
import-path = Or type where it is
import-path-note = You can also paste the path, or drop the file on this window.
import-open = Open it
import-how = Contacts come as vCard files. A spreadsheet can save as CSV, one therapist in each row. JSON and RON lists and files of the US registry (NPPES) work too.
import-reading = Reading the file
import-nothing-yet = Nothing is added yet.
import-count-new = { $count ->
    [0] Nobody in it is new.
    [one] One is new.
   *[other] { $count } are new.
}
import-count-known = { $count ->
    [one] One is here already and stays as it is.
   *[other] { $count } are here already and stay as they are.
}
import-count-unusable = { $count ->
    [one] One row cannot be used.
   *[other] { $count } rows cannot be used.
}
import-add = { $count ->
    [one] Add one therapist
   *[other] Add { $count } therapists
}
import-new = New
import-unusable = Not usable
import-known = Here already
import-same = Line { $line }: { $name } ({ $why })
import-more = and { $count } more
import-unknown-headings = These columns have no place of their own, so they go into the notes: { $headings }
import-aside = { $count ->
    [one] In one row a value was not clear. It goes into the notes as it is.
   *[other] In { $count } rows a value was not clear. It goes into the notes as it is.
}
import-done = { $count ->
    [one] One therapist was added.
   *[other] { $count } therapists were added.
}
import-undone = They are off the list again.
import-redo = Add them after all
import-to-list = See the list
import-count-organisations = { $count ->
    [one] One of them is a practice, not a person.
   *[other] { $count } of them are practices, not people.
}
import-bad-photos = { $count ->
    [one] One photo could not be read. It is left out.
   *[other] { $count } photos could not be read. They are left out.
}
import-count-met = { $count ->
    [one] One is here already. What your list says stays, unless you choose below.
   *[other] { $count } are here already. What your list says stays, unless you choose below.
}
import-count-left-out = { $count ->
    [one] One is left out: another state or field of work.
   *[other] { $count } are left out: another state or field of work.
}
import-fill = { $count ->
    [one] Fill in one therapist
   *[other] Fill in { $count } therapists
}
import-filled = { $count ->
    [one] One who was here already got something new.
   *[other] { $count } who were here already got something new.
}
import-met = { $name } ({ $why })
import-met-list = Your list: { $value }
import-met-file = The file: { $value }
import-more-met = { $count ->
    [one] In one more, only what is empty is filled in.
   *[other] In { $count } more, only what is empty is filled in.
}
import-read-so-far = { $count } looked at so far
import-adding = Adding them
import-not-saved = This could not be saved, so nothing was changed.
import-state-title = Which state?
import-state-lead = This is a large file of the US registry. Sameside takes those in one state who may work with couples.
import-state = Two letters of the state
import-columns-say = Say what the columns are
import-columns-title = What are these columns?
import-columns-lead = A column with the name is enough. What you say is kept for next time.
import-columns-headings = The first row is headings
import-columns-name-first = Choose the column with the name first.
import-columns-done = Go on
import-column-number = Column { $number }
import-column-known = known already
import-column-sample = For example: { $sample }
import-first-name = First name
import-last-name = Last name
import-leave-out = Leave it out
therapist-noted-on = Written down or checked on { $date }
therapist-calls = Calls { $phone }
export-kind = What kind of file
export-csv = Spreadsheet
export-vcard = Contacts
export-sheet = Page to print
export-ron = Sameside
export-json = JSON
import-demo = Look round with made-up therapists first
import-demo-name = Made-up therapists
finders-title = Where to look
finders-note = These pages open in your browser, which goes online. The list is from { $date }: if an address has moved, search for the name.

therapist-photo = Photo
therapist-photo-there = a photo
photo-of = Photo of { $name }
photo-add = Add a photo
photo-other = Another photo
photo-remove = Remove the photo
photo-choose = Choose a photo
photo-path = Where the picture is
photo-note = A small copy is kept beside your list. The picture itself stays as it is.
photo-take = Use this picture
photo-not-a-picture = This is not a picture that can be read. Choose a JPEG, PNG, WebP or GIF file.
photo-too-large = This picture is too large. Save a smaller copy of it and choose that.
photo-damaged = This picture is damaged. Open it in another program, save it again, and choose that.
