search-here = Buscar en este grupo
search-everywhere = Buscar en todo lo dicho
search-said = Buscar «{ $words }» en todo lo dicho
search-words = Palabras, un archivo, un nombre
search-hint = No importan mayúsculas ni acentos. Deben estar todas las palabras.
search-looking =
    { $count ->
        [one] Buscando. 1 mensaje leído.
       *[other] Buscando. { $count } mensajes leídos.
    }
search-found =
    { $count ->
        [one] 1 resultado
       *[other] { $count } resultados
    }
search-none = Nada de eso se dijo en este dispositivo.
search-more = Buscar más atrás
date-go = Ir a una fecha
date-go-hint = A lo primero que se dijo un día
date-day = Día
date-show = Ir
date-none = No se dijo nada ese día ni después.
date-later = Ese día no se dijo nada. Esto fue lo siguiente.
