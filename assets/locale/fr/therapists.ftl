# therapists
