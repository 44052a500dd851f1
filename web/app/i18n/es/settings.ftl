profile-name = Su nombre
profile-name-missing = Hace falta un nombre para reconocerle.
profile-hint = Las demás personas del recinto ven enseguida su nombre y su país.
profile-save = Guardar

set-change = { $land } · pulse para cambiar
set-reading = Lectura
set-language = Idioma
set-text-size = Tamaño del texto
set-percent = { $percent } %
set-appearance = Apariencia
set-theme-device = Dispositivo
set-theme-light = Clara
set-theme-dark = Oscura
set-alerts = Avisos
set-locked = Un teléfono bloqueado no recibe nada
set-locked-hint = Aquí no hay internet que lo despierte. Abra Couloir para traer lo que llegó.
set-identity = Identidad
set-move = Trasladar a otro dispositivo
set-move-hint = Guarda un archivo cifrado o muestra un código
set-backup = Copia de seguridad
set-never-backed = Sin copia de seguridad
set-never-backed-page = Sin copia de seguridad. Este navegador puede vaciar su almacenamiento por su cuenta
set-backed-up = Última copia: { $when }
set-locked-keys = Claves bloqueadas con su frase de contraseña
set-locked-keys-hint = Quien se lleve este dispositivo la necesita para leer algo aquí.
set-open-keys = Claves sin bloquear
set-open-keys-hint = Quien abra este dispositivo puede leer lo que contiene. Bloquee el propio dispositivo.
set-key = Su clave
set-key-hint = Las demás personas la comparan con la que su dispositivo muestra para usted.
set-about = Acerca de
set-kind-page = Couloir desde un concentrador, en esta página
set-kind-tab = Couloir se ejecuta en otra pestaña de este navegador
set-kind-daemon = Couloir se ejecuta en este equipo
set-kind-file = Couloir desde un archivo, couloir.html
set-guest-hint = Enlace de visitante: quien administra esta wifi podría alterar la página.
set-file-hint = Compare sus palabras de control con las que se entregaron con él.
set-full-hint = Las claves se crean en este dispositivo y aquí se quedan.
set-own-certificate-hint = Las claves se quedan en este dispositivo. Nadie ha alterado la página si su certificado es el de la pantalla del concentrador.
set-hub = Concentrador «{ $name }»
set-hub-hint = { $url }
set-blocked = { $people ->
    [one] Una persona bloqueada
   *[other] { $people } personas bloqueadas
}
set-end = Fin
set-wipe = Borrar este dispositivo
set-wipe-hint = Elimina de aquí sus claves, grupos y fotos. Los demás conservan lo que les envió. No se puede deshacer: solo una copia de seguridad permite volver.
set-wipe-key = Borrar este dispositivo…

set-mail-hint = Su correo sellado y el de otros, en una memoria USB, adonde no llega ninguna red
mail-title = Correo por archivo
mail-hint = Su dispositivo transporta durante tres días su correo sellado y el de otros. Póngalo en un archivo, lleve el archivo a otro dispositivo, y allí llegan los mensajes. El archivo no revela ningún nombre ni grupo.
mail-save = Guardar un archivo
mail-saved = Guardado. Elíjalo aquí, en el otro dispositivo.
mail-held = { $envelopes ->
    [one] Hay aquí un sobre sellado, para quien sea.
   *[other] Hay aquí { $envelopes } sobres sellados, para quien sea.
}
mail-unsealed = { $messages ->
    [one] Un mensaje suyo espera a que haya alguien al alcance y aún no puede ir en el archivo.
   *[other] { $messages } mensajes suyos esperan a que haya alguien al alcance y aún no pueden ir en el archivo.
}
mail-take = Recoger correo de un archivo
mail-busy = Leyendo…
mail-new = { $envelopes ->
    [0] No contenía nada nuevo.
    [one] Se recogió un sobre nuevo.
   *[other] Se recogieron { $envelopes } sobres nuevos.
}
mail-known = Ya conocidos: { $envelopes }.
mail-expired = Fuera de plazo: { $envelopes }.
mail-elsewhere = De otro recinto: { $envelopes }.
mail-refused = No son correo: { $envelopes }.
mail-broken = Después, el archivo se interrumpe. Cópielo otra vez y vuelva a recogerlo.
move-title = Trasladar su identidad
move-way = En qué sentido
move-away = A otro dispositivo
move-here = Desde otro dispositivo
move-away-hint = El otro dispositivo también pasa a ser usted. Los demás lo incorporan de nuevo a sus grupos. Si este no es suyo, bórrelo después.
move-here-hint = Este dispositivo pasa a ser de quien figure en el archivo o el código.
move-passphrase = Frase de contraseña
move-passphrase-hint = Bloquea el archivo o el código. Cuatro palabras sin relación entre sí sirven bien.
move-again = La misma otra vez
move-short = Al menos 8 caracteres.
move-differs = No son iguales.
move-save = Guardar un archivo
move-file-hint = Quién es usted, a quién conoce y lo que se dijo, para leerlo.
move-show = Mostrar un código
move-code-hint = Quién es usted, y nada más.
move-locking = Bloqueando
move-saved = Guardado. Ábralo en el otro dispositivo con la frase de contraseña.
move-qr = Su identidad como código, bloqueada con la frase de contraseña
move-scan = Escanéelo con la cámara del otro dispositivo y escriba allí la frase de contraseña.
move-to-lock = A la página con candado de este concentrador
move-hide = Ocultar el código
move-choose = Elegir el archivo
move-link = O pegue el enlace
move-its-passphrase = Su frase de contraseña
move-no-file = Elija un archivo de identidad, o pegue un enlace que contenga «move=».
move-replaces = Reemplaza lo que hay aquí
move-replaces-hint = Sus claves, grupos e historial se eliminan de este dispositivo. Guárdelos antes si los quiere recuperar.
move-take = Recuperarla
move-taking = Desbloqueando

wipe-title = ¿Borrar este dispositivo?
wipe-gone = Desaparece de aquí enseguida: sus claves, { $caucuses }, { $messages }, { $files }.
wipe-gone-all = Desaparece de aquí enseguida: sus claves, grupos, mensajes y fotos.
wipe-caucuses = { $count ->
    [one] un grupo
   *[other] { $count } grupos
}
wipe-messages = { $count ->
    [one] un mensaje
   *[other] { $count } mensajes
}
wipe-files = { $count ->
    [one] una foto o archivo
   *[other] { $count } fotos y archivos
}
wipe-stays = Queda en manos de los demás lo que recibieron de usted. Un archivo eliminado a veces se puede recuperar de un disco; su clave, no.
wipe-no-backup = Aún sin copia de seguridad
wipe-no-backup-hint = Sin ella, nadie puede devolverle esta identidad.
wipe-backed-up = Copia de seguridad: { $when }
wipe-backed-up-hint = Lo que llegó después no está en ella.
wipe-type = Escriba «{ $word }» para continuar
wipe-word = borrar
wipe-backup = Hacer antes una copia
wipe-now = Borrar ahora
wipe-wiping = Borrando
wipe-done = Borrado
wipe-done-hint = Aquí no queda nada suyo.
wipe-done-daemon = Aquí no queda nada suyo. Couloir se ha detenido en este equipo; vuelva a iniciarlo en su terminal.
wipe-begin = Empezar de cero
wipe-failed = No se pudo eliminar todo. Cierre las otras pestañas de Couloir e inténtelo de nuevo.

set-devices-hint = Verlos, añadir uno o quitarlo
