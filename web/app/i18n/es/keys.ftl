palette-title = Ir a
palette-field = Un grupo, una persona, algo que hacer
palette-doing = Qué hacer aquí
palette-none = Nada aquí se llama así.
palette-write = Escribir «{ $words }»
palette-count =
    { $count ->
        [one] 1 opción
       *[other] { $count } opciones
    }
keys-title = Teclas
keys-everywhere = En todas partes
keys-writing = Mientras escribe
keys-reading = En la conversación
keys-palette = Ir a cualquier sitio
keys-caucuses = El grupo de arriba o de abajo
keys-back = Atrás, o cerrar
keys-cover = Cubrir la pantalla
keys-list = Esta lista
keys-send = Enviar
keys-line = Nueva línea
keys-doing = Qué se puede hacer aquí
keys-entries = El mensaje anterior o siguiente
