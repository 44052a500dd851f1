search = Buscar
list-search = Un grupo, un nombre
list-none-found = Nada con ese nombre.
list-new = Nuevo grupo
list-scan = Unirse con un código
list-empty = Aún no hay grupos.
list-empty-hint = Escanee el código de otra persona, o abra un grupo con quienes están aquí.
list-ask = <b>{ $from }</b> le invita a «{ $caucus }»
list-asks = <b>{ $from }</b> le invita a «{ $caucus }». { $count } invitaciones en espera.
list-ask-direct = <b>{ $from }</b> quiere escribirle en privado
list-asks-direct = <b>{ $from }</b> quiere escribirle en privado. { $count } invitaciones en espera.
list-look = Ver
list-open-here = Abierto en este recinto
list-join = Unirse
list-draft = Borrador:
list-you = Usted:
list-name = { $name }:
list-nothing-said = Aún no se ha dicho nada
list-invited = Invitación para { $name }
list-gone = Usted ya no está en él
list-read = Leído
list-reached = Recibido
list-held = Retenido
list-new-count =
    { $count ->
        [one] 1 nuevo
       *[other] { $count } nuevos
    }
nothing-open = Nada abierto.
nothing-open-hint = Elija un grupo al lado. Ctrl K lo encuentra por su nombre.
nothing-people = Nadie elegido.
nothing-people-hint = Elija a alguien al lado para escribirle o verificar su identidad.
not-there = Este grupo no está aquí.
not-there-hint = No está en este dispositivo, o ya no.
gone-hint = Usted ya no está en este grupo. Lo dicho hasta entonces sigue siendo legible aquí.
you = Usted
guest = visitante
muted = En silencio
names-you = Se le menciona
here = Aquí
away = Fuera
away-since = Fuera desde { $time }
here-of = { $here } de { $all } aquí
here-label = Aquí, { $here } de { $all }
invited-label =
    { $count ->
        [one] Invitación pendiente: 1
       *[other] Invitaciones pendientes: { $count }
    }
only-you = Solo usted
open-caucus = abierto
more = Más
photo = Foto
photo-open = Foto. Pulse para verla entera
photo-fetch = Traer la foto entera, { $size }
photo-away = Foto entera: { $size }
file-part = { $have } de { $size }
file-coming = Llegando
file-waiting = Nadie que lo tenga está al alcance. Continuará solo.
file-kept =
    { $count ->
        [one] Guardado por 1
       *[other] Guardado por { $count }
    }
voice = Nota de voz
file-save = Guardar
file-fetch = Traer
record = Lo que se dijo
older = Anteriores
begin-closed = Nadie de fuera puede saber que este grupo existe ni quién está en él.
begin-open = Todas las personas de este recinto pueden encontrar este grupo y unirse.
unread-since =
    { $count ->
        [one] 1 nuevo desde { $time }
       *[other] { $count } nuevos desde { $time }
    }
new-below =
    { $count ->
        [one] 1 nuevo abajo
       *[other] { $count } nuevos abajo
    }
to-end = Al final
gap =
    { $count ->
        [one] Un mensaje anterior no ha llegado aún.
       *[other] { $count } mensajes anteriores no han llegado aún.
    }
away-minutes = { $count ->
    [one] Su ausencia: 1 minuto
   *[other] Su ausencia: { $count } minutos
}
away-hours = { $count ->
    [one] Su ausencia: 1 hora
   *[other] Su ausencia: { $count } horas
}
away-days = { $count ->
    [one] Su ausencia: 1 día
   *[other] Su ausencia: { $count } días
}
away-fetched = { $messages ->
    [one] Llegó 1 mensaje.
   *[other] Llegaron { $messages } mensajes.
}
away-note = { $away }. { $fetched }
waiting-key = En espera de la clave de { $name }
waiting-key-note = En espera de la clave de { $name }. Se abrirá solo.
in-answer-to = En respuesta a
quote-elsewhere = Un mensaje que no se muestra aquí
quote-not-here = Ese mensaje no está en este dispositivo.
line-unknown = Un mensaje que esta versión de Couloir no puede mostrar.
line-unsigned = Este mensaje dice que consta, y su autor no lo ha firmado.
taken-back = Retirado
said-aloud = { $name }: { $text }
show-all = Mostrar todo
receipt-saved = Guardado en este dispositivo
receipt-waiting = Nadie al alcance — saldrá después
receipt-held = Retenido hasta que verifique de nuevo a { $name }
receipt-reached = Recibido por { $reached } de { $of }
receipt-read = Leído por { $read }
entry-answer = Responder
entry-more = Reaccionar, copiar, más
react = Reaccionar
emoji = Emojis
write = Escribir
tools = Mesa y archivos
send = Enviar
send-later = Guardar y enviar después
to-one = Para { $name }
to-many = Para { $all ->
        [one] 1 persona
       *[other] { $all }
    }, { $here } aquí
to-held = Retenido para { $name }
to-held-many = Retenido para { $name } y { $others ->
        [one] 1 más
       *[other] { $others } más
    }
to-nobody = Aún no hay nadie más en él
to-later = Guardado hasta que haya alguien al alcance
guests-read =
    { $count ->
        [one] <b>{ $names }</b> también lee, por un enlace de visitante
       *[other] <b>{ $names }</b> también leen, por enlaces de visitante
    }
guests-read-many =
    { $count ->
        [one] <b>{ $names }</b> también lee, por un enlace de visitante
       *[other] <b>{ $names }</b> y más personas también leen, por enlaces de visitante: { $count } en total
    }
readers = Quién puede leer
menu-invite = Invitar con un código
