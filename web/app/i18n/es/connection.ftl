conn-title = Conexión
conn-both = Usted alcanza a { $people ->
    [one] una persona
   *[other] { $people } personas
}: { $far } por concentrador, { $direct } directamente.
conn-hub = Usted alcanza a { $people ->
    [one] una persona
   *[other] { $people } personas
} por concentrador.
conn-direct = Usted alcanza a { $people ->
    [one] una persona
   *[other] { $people } personas
} directamente.
conn-mesh = Usted alcanza a { $people ->
    [one] una persona
   *[other] { $people } personas
} a través de otros.
conn-alone = Hay conexión, y todavía no hay nadie más.
conn-none = Nadie al alcance.
conn-map-hub = Concentrador
conn-map-direct = { $people } directamente
conn-map-by-hub = { $people } por concentrador
conn-map-through = { $people } a través de otros
conn-offline = Este dispositivo no tiene red
conn-offline-hint = Conéctese a la wifi del recinto. Lo que escriba se guarda y saldrá entonces.
conn-no-hub = No se conoce ningún concentrador
conn-no-hub-hint = Escanee el código de otra persona, o escriba la dirección que el concentrador muestra en su pantalla.
conn-hub-away = El concentrador no responde
conn-hub-away-hint = { $url }. ¿Está usted en su wifi? Una VPN o los datos móviles pueden ocultarlo: páuselos. Se volverá a intentar solo.
conn-hub-away-named = «{ $name }», { $url }. ¿Está usted en su wifi? Una VPN o los datos móviles pueden ocultarlo. Se volverá a intentar solo.
conn-hub-away-own = { $url }. ¿Está usted en su wifi? Si lo está, quizá el concentrador tenga otro certificado: recargue esta página y compare de nuevo el SHA-256.
conn-nobody-here = Todavía no hay nadie más
conn-nobody-here-hint = El camino está abierto. Los demás aparecen en cuanto abren Couloir.
conn-no-direct = Esta wifi aísla los dispositivos
conn-no-direct-hint = Aquí no pueden alcanzarse entre sí. El concentrador transporta por ellos. No hay que hacer nada.
conn-daemon-away = Couloir no responde en este equipo
conn-daemon-away-hint = Vuelva a iniciarlo en su terminal. Esta página lo encontrará sola.
conn-hub-connected = El concentrador responde
conn-hub-connected-hint = { $url }. Transporta correo sellado, que solo pueden leer los miembros de cada grupo.
conn-hub-connected-named = «{ $name }», { $url }. Transporta correo sellado, que solo pueden leer los miembros de cada grupo.
conn-hub-trying = Llamando a un concentrador
conn-hub-trying-hint = { $url }
conn-hub-trying-named = «{ $name }», { $url }
conn-direct-links = { $links ->
    [one] Una línea directa
   *[other] { $links } líneas directas
}
conn-direct-links-hint = Siguen aunque desaparezca el concentrador.
conn-guest = Este es un enlace de visitante
conn-guest-hint = La página llegó por esta wifi sin protección, así que quien la administra podría alterarla. Un portátil con couloir.html o con su propio Couloir no tiene ese hueco.
conn-hub-code = Los demás abren Couloir aquí
conn-own-code = Los demás le alcanzan aquí
conn-short-code = O lea este código en voz alta:
secure-way = Este concentrador tiene también una página con candado
secure-way-hint = El concentrador creó el certificado él mismo, así que su navegador le avisará. Siga solo si el SHA-256, en los detalles del certificado, es el de la pantalla del concentrador. Allí puede grabar y recibir notificaciones. Tiene un almacenamiento propio: lleve su identidad en un archivo o un código. Un iPhone quizá no se conecte allí.
secure-port = Los demás encuentran aquí una página con candado
secure-port-hint = Allí un teléfono puede grabar y recibir notificaciones. Su navegador avisa, porque el concentrador creó el certificado él mismo: nadie está en medio si los detalles del certificado muestran este SHA-256. Esa página tiene un almacenamiento propio, al que una identidad pasa en un archivo o un código. Un iPhone quizá no se conecte allí.
conn-file = Couloir en un solo archivo
conn-file-hint = Guardado en un portátil, una wifi no puede alterar couloir.html. Es el auténtico si alguien que lo tiene de otra fuente lee las mismas palabras:
conn-file-save = Guardar couloir.html
conn-locked = Un teléfono bloqueado no recibe nada
conn-locked-hint = Abra esta página para traer lo que llegó mientras tanto.
conn-scan = Escanear código
conn-type = Escribir dirección
conn-again = Comprobar otra vez
conn-address = Dirección de un concentrador
conn-address-hint = Como la muestra su pantalla, por ejemplo 192.168.8.20:4700, o el código G82-J29-ED2
conn-no-address = No es una dirección, o hay un carácter mal. Es como 192.168.8.20:4700 o G82-J29-ED2.
conn-dial = Conectar
conn-dialling = Llamando
