today-title = Today
today-greeting = Hello { $name }
today-path = Where you are on the path: { $stage }
today-here = You are here: { $stage }
today-begin = Begin
today-go-on = Go on
today-minutes = About { $minutes } minutes
today-something-else = Something else
today-moment-title = A calm moment
today-moment-none = No reminder is set.
today-moment-set = Set a quiet time
today-moment-next = Next quiet moment: { $date }, about { $time }.
today-moment-quiet = Nothing is planned for now.
today-moment-missed = There was a note for you while the window was closed.
today-argued = We argued
today-argued-said = Noted. It stays quiet for a day. The day after is often a good time to talk.
today-calm-now = Is now calm?
today-invitation-title = Your invitation
today-invitation-parts = { $count ->
    [one] One part is there.
   *[other] { $count } parts are there.
}
today-choose-title = Find someone together
today-choose-lead = You both mark the list in private. Then you see who suits you both.
today-agreed-title = You both can live with { $name }
today-agreed-open = Plan the session
today-rest = Nothing to do for now
today-rehearse = Go through your invitation
today-rehearse-open = Go through it
today-quiet-times = Pick your quiet times
today-list-open = Open the list
today-choose-open = Choose together
