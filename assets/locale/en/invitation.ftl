invitation-title = Your invitation
invitation-lead = Your own sentences, put together. It stays with you until you say it.
invitation-empty = Nothing is here yet. Each exercise leaves one sentence, and they gather here.
invitation-empty-begin = Begin with “{ $title }”
invitation-parts = The six parts
invitation-parts-count = { $count ->
    [one] 1 of 6 is here. None has to be.
   *[other] { $count } of 6 are here. None has to be.
}
invitation-part-missing = Not here yet. It comes from “{ $title }”.
invitation-part-nowhere = Not here yet.
invitation-words = Your words
invitation-words-note = Change anything. Say it in your own way.
invitation-words-hint = Write what you would like to say.
invitation-behind = A part has changed since you edited your words.
invitation-behind-anew = Put it together again
invitation-behind-stay = Stay with my words
invitation-behind-note = Your words as they are now would go to the kept versions.
invitation-show = Show it large
invitation-keep = Keep this version
invitation-kept = Kept. You find it under “Kept versions”.
invitation-kept-already = This version is kept already.
invitation-plan = Your if–then plan
invitation-plan-note = Only for you.
invitation-plan-missing = None yet. Most exercises end with one.
invitation-versions = Kept versions
invitation-version = { $date }, { $time }
invitation-version-restore = Use this one again
invitation-version-delete = Delete this version
invitation-version-deleted = The version is deleted.
card-empty = There are no words here yet.
card-empty-open = Go to your invitation
card-plan = Your plan: { $plan }
