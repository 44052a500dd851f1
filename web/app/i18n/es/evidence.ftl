answer-not = No responder a esto
say-on-record = Hacer constar
entry-copy = Copiar el texto
entry-receipts = A quién ha llegado
entry-person = Quién es
copied = Copiado.
copied-not = Este navegador no permite copiar desde una página. Seleccione el texto a mano.

also-read = Pudieron leerlo: { $names }
also-read-hint = Enviado antes de que quien lo escribió supiera de la retirada.
also-read-device = Legible también en { $devices }
also-read-device-hint = Enviado antes de que quien lo escribió supiera de la pérdida.
lost-device-of = un dispositivo perdido de { $name }
lost-device-own = su dispositivo perdido
lost-device-named = su dispositivo perdido «{ $device }»
granted-before = Dicho antes de que usted entrara
granted-now = Usted entró aquí
granted-hint = La invitación le permitía leerlo. Alguien que estaba lo pasó a este dispositivo.
record-by = Consta: firmado con la clave propia de { $name }
record-by-own = Consta: firmado con su propia clave
record-by-hint = Prueba que cualquiera puede comprobar y citar, para siempre.
record-words = Lo que dice
record-for-ever = Prueba, para siempre
record-for-ever-hint = Se firma con su propia clave. Quien lo reciba puede probar a cualquiera, también fuera de este grupo, que usted dijo exactamente esto. No se puede retirar.
record-sign = Firmar y declarar
record-save = Guardar la prueba
record-save-hint = Prueba quién lo dijo, qué y cuándo
pin-put = Fijar para todos
pin-take = Dejar de fijar
pin-on-own = Usted fijó «{ $words }»
pin-on-other = { $name } fijó «{ $words }»
pin-off-own = Usted dejó de fijar «{ $words }»
pin-off-other = { $name } dejó de fijar «{ $words }»
pin-unknown = un mensaje que no se muestra aquí
pinned-title = Fijados
pinned-none = Ya no hay nada fijado.
pinned-count =
    { $count ->
        [one] 1 fijado
       *[other] { $count } fijados
    }
pinned-by = Fijado por { $name }, { $time }
pinned-by-you = Fijado por usted, { $time }
