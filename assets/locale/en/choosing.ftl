# choosing
