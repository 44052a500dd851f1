search-here = Chercher dans ce groupe
search-everywhere = Chercher dans tout ce qui a été dit
search-said = Chercher « { $words } » dans tout ce qui a été dit
search-words = Des mots, un fichier, un nom
search-hint = Majuscules et accents ne comptent pas. Tous les mots doivent y être.
search-looking =
    { $count ->
        [one] Recherche en cours. { $count } message lu.
       *[other] Recherche en cours. { $count } messages lus.
    }
search-found =
    { $count ->
        [one] { $count } résultat
       *[other] { $count } résultats
    }
search-none = Rien de tel n’a été dit sur cet appareil.
search-more = Chercher plus loin
date-go = Aller à une date
date-go-hint = Au premier message d’un jour
date-day = Jour
date-show = Y aller
date-none = Rien n’a été dit ce jour-là ni après.
date-later = Rien n’a été dit ce jour-là. Voici la suite.
