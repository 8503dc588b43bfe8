share-title = A folder for both of you
settings-share = Where the shared folder is
settings-share-none = On this device only
welcome-share = We already share a folder
share-lead = If each of you has a device, you can meet in one folder that both devices have.
share-holds = In the folder lie: the therapists, the round and its sealed marks, answers you both agreed to show, the plan, your names, and each one’s word about being asked.
share-never = Never in it: your own space, drafts, the reminder.
share-program = Sameside sends nothing itself. Another program must keep the folder the same on both devices, such as Syncthing or Nextcloud. Carrying a stick back and forth works too.
share-readers = Whoever can read that folder can read what is in it.
share-first-note = Wait until the folder is here on this device, then choose it.
share-path = The folder
share-dialog = Choose a folder…
share-look = Look at this folder
share-looking = Looking. Nothing changes yet …
share-working = Putting everything in its place …
share-now = You share this folder:
share-keep-here = Keep it on this device only
share-keep-note = A copy comes back here. The folder itself stays as it is.
share-found-new = A new shared folder begins here.
share-found-one = In this folder: { $one }.
share-found-two = In this folder: { $one } and { $two }.
share-found-nobody = There is a shared folder here already, with no names in it.
share-begins =
    { $here ->
        [0] There are no therapists to bring yet.
        [one] One therapist comes along.
       *[other] { $here } therapists come along.
    }
share-joins = Therapists there: { $there }. Here: { $here }. They become one list, and nothing is lost.
share-who = Which one are you?
share-who-first = I set Sameside up first
share-who-second = I am the other one
share-leaves-round = A round of marks or sealed answers was begun on this device alone. It cannot move there. What you wrote for yourself stays yours; begin the round together, in the folder.
share-old-stays = What is here now is kept on this device as an older copy.
share-do-new = Share this folder
share-do-join = Join this folder
share-another = Choose another
share-done = Now you both see the therapists, the plan and what you both agreed to show.
share-done-note = It can take a while until the other device has it all. That is up to the program that keeps the folder.
share-done-new = This device shares the folder now.
share-done-new-note = On the other device: once the folder is there, choose it in Sameside. At its first start that is “We already share a folder”; later it is in the settings.
share-kept = Everything is on this device only.
share-kept-note = The folder you shared stays where it is, with what is in it.
share-away =
    The shared folder is not there now:
    { $path }
share-away-note = A stick may be pulled out, or a program may be off. Nothing is lost. If you keep it on this device only, Sameside goes on with what was here before you shared. What came later lies in the folder; choose it again when it is back, and all joins.
share-look-again = Look again
share-error-missing = There is no folder there. Check the path, or choose it with the button.
share-error-not-folder = This is not a folder. Choose the folder it lies in.
share-error-link = This is a link. Choose the folder that it leads to.
share-error-not-writable = Sameside may not write there. Choose another folder, or allow it in that folder’s settings.
share-error-inside = This lies inside Sameside’s own folders. Choose a folder outside of them.
share-error-around = Sameside’s own folder, with your private words, lies inside this one. Choose a folder that holds only what you share.
share-error-same = You share this folder already. Nothing needs to change.
share-error-taken = The folder “Sameside” in it holds something else, or cannot be read. Choose an empty folder.
share-error-no-room = There is not enough room. Make some, or choose another folder.
share-error-unsaved = Not all is saved yet. Wait a moment, then try again.
share-error-away = The shared folder is still not there. Connect it, then look again.
share-error-both-here = You both use this device, and in that folder you two stand the other way round. Instead, let this device begin in an empty folder, and join it from the other one.
share-error-reopen = The folder is set. Close Sameside and open it once more: then it finishes putting your own things in place.
share-error-disk = The disk did not take it: { $why }
erase-all-shared = The shared folder stays as it is, because it belongs to you both. If you both want it gone, delete it there yourselves: { $path }
