person-direct = Directamente
person-mesh = A través de otros, que no pueden leerlo
person-unreached = Sin alcance en este momento
person-later = Lo que escriba espera y sale solo
person-loading = Un momento
person-gone = Esta persona no se conoce aquí.
person-message = Escribir
person-new-caucus = Nuevo grupo
person-shared = { $caucuses ->
    [one] En uno de sus grupos
   *[other] En { $caucuses } de sus grupos
}
person-bring = Incorporar a un grupo
person-bring-guest = Dar acceso
person-unverified = Aún sin verificar
person-unverified-hint = Por ahora, solo esta red dice que se trata de { $name }. Compare las claves en persona antes de escribir lo que importa.
person-verified-hint = Ha comparado las claves con { $name } en persona.
person-guest = Enlace de visitante
person-guest-hint = { $name } usa una página que llegó por esta wifi sin protección. Lo que usted le escriba puede leerlo quien la administra.
person-blocked = Bloqueada
person-blocked-hint = Sus invitaciones no le llegan a usted. Esa persona no lo sabe.
person-block = Bloquear a { $name }
person-block-hint = Las invitaciones de { $name } ya no le llegarán a usted, sin que lo sepa. En los grupos comunes, ambos permanecen. No se puede deshacer en este dispositivo.
person-block-now = Bloquear
person-key = Su clave
person-key-hint = { $name } ve la misma en Ajustes. Léanse la clave mutuamente.
person-verify = Verificar
person-verify-again = Verificar de nuevo
person-verified-code = Escaneó en persona el código de { $name }. { $time }
person-verified-emoji = Comparó emojis con { $name }. { $time }
person-was = Era «{ $name }» cuando usted verificó
person-was-hint = El nombre es otro ahora. Las claves son las mismas.
