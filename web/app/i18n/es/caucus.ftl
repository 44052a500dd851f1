new-title = Nuevo grupo
new-name = Nombre
new-name-missing = Póngale un nombre.
new-who-finds = Quién puede encontrarlo
new-closed = Cerrado
new-open-to-all = Abierto
new-closed-hint = Nadie de fuera puede saber que existe ni quién está en él.
new-open-hint = Todas las personas del recinto ven su nombre y pueden unirse.
new-people = Personas
new-chosen = { $people ->
    [0] nadie aún
    [one] { $people } elegida
   *[other] { $people } elegidas
}
new-gets-later = { $presence }. Lo recibirá a su regreso
new-guest-link = { $presence } · enlace de visitante
new-nobody = Nadie se ha mostrado aquí todavía. Ábralo y muestre su código.
new-show-code = Mostrar un código
new-open = { $people ->
    [0] Abrir
    [one] Abrir con { $people } persona
   *[other] Abrir con { $people } personas
}
new-guests = { $guests ->
    [one] Hay un visitante entre ellas
   *[other] Hay { $guests } visitantes entre ellas
}
new-guests-hint = La página de un visitante llegó por esta wifi sin protección. Con esa persona dentro, puede leer el grupo quien administra esta wifi.
guest-question = Llega por un enlace de visitante
new-without-guests = Sin visitantes
new-with-guests = Abrir de todos modos

invite-title = Invitar a «{ $caucus }»
invite-for = Para
invite-one = Una persona
invite-several = Hasta 10
invite-poster = Cartel
invite-one-hint = Sirve una vez, durante una hora.
invite-several-hint = Sirve diez veces, durante 12 horas.
invite-making = Creando un código
invite-failed = Aquí no se pudo crear ningún código.
invite-qr = Código para escanear con la cámara de un teléfono
invite-scan = Apunte con la cámara de un teléfono, o pase el enlace:
invite-scan-code = No se conoce la dirección de ningún concentrador, así que este es solo el código. Escanéelo en Couloir o páselo:
invite-ends-today = Vence a las { $time }
invite-ends = Vence el { $day } a las { $time }
invite-copy-link = Copiar enlace
invite-copy-code = Copiar código
invite-link = Enlace
invite-code = Código
invite-copied = Copiado
invite-not-copied = Seleccione el texto y cópielo
invite-guests = Quien abre el enlace en un teléfono entra como visitante. Con un visitante dentro, puede leer un grupo cerrado quien administra esta wifi.

code-title = Unirse con enlace o código
code-brought = Ha abierto una invitación. Únase para aceptarla.
code-field = Enlace o código
code-field-hint = Pegue lo que le pasó otra persona. Empieza por http o couloir:
code-scan-hint = O tome una foto del código:
code-reading = Leyendo la foto
code-none = No se encontró ningún código. Acerque el teléfono y sosténgalo recto.
code-join = Unirse
code-joining = Consultando a un miembro

ask-title = Invitación
ask-gone = Esta invitación ya no está abierta.
ask-unknown = Aún no se ha visto aquí
ask-facts = { $members ->
    [one] Hay una persona en él. Llegó a las { $time }.
   *[other] Hay { $members } personas en él. Llegó a las { $time }.
}
ask-facts-direct = Una conversación entre ustedes dos. Llegó a las { $time }.
ask-accept = Aceptar
ask-accepting = Pidiendo entrar
ask-decline = Declinar
ask-decline-hint = { $name } no recibirá aviso si usted declina.
ask-more = { $others ->
    [one] Hay otra invitación en espera.
   *[other] Hay otras { $others } invitaciones en espera.
}

guest-link = enlace de visitante
photo-too-large = Esta imagen es demasiado grande para este dispositivo. Se puede guardar.
photo-unreadable = No es una imagen que se pueda mostrar. Se puede guardar.
waiting-key-short = en espera de su clave
receipt-nobody = Nadie lo tiene todavía.
receipt-person-read = Leído
receipt-person-reached = Recibido
receipt-person-not = Aún no
readers-count =
    { $count ->
        [one] 1 persona
       *[other] { $count } personas
    }
member-invited = Con invitación, aún no está
member-asks = Pide entrar
member-admin = admin
member-admit = Dar acceso
menu-invite-hint = Muestra un código y un enlace para quienes aún no están
menu-alerts = Destaca
menu-alerts-all = Todo
menu-alerts-mentions = Mi nombre
menu-alerts-none = Nada
menu-alerts-all-hint = Todo lo que se dice
menu-alerts-mentions-hint = Lo que le menciona con @, y las llamadas
menu-alerts-none-hint = Nada: no destaca, y las llamadas no suenan
name-choice = Mencionar a alguien
name-choice-count = { $count ->
    [one] Una persona que mencionar
   *[other] { $count } personas que mencionar
}
menu-leave = Salir de este grupo
menu-leave-sure = Los demás verán que usted ha salido. Lo dicho hasta ahora sigue siendo legible aquí.
