answer-not = Не отвечать на него
say-on-record = Сказать для протокола
entry-copy = Копировать текст
entry-receipts = К кому дошло
entry-person = Кто это
copied = Скопировано.
copied-not = Этот браузер не даёт странице копировать. Выделите текст вручную.

also-read = Прочесть могли: { $names }
also-read-hint = Отправлено до того, как автор узнал об исключении.
also-read-device = Читается и здесь: { $devices }
also-read-device-hint = Отправлено до того, как автор узнал о потере.
lost-device-of = потерянное устройство ({ $name })
lost-device-own = ваше потерянное устройство
lost-device-named = ваше потерянное устройство «{ $device }»
granted-before = Сказано до вашего прихода
granted-now = Здесь вы вошли
granted-hint = Читать это позволило приглашение. Передал на это устройство кто-то из присутствовавших.
record-by = Для протокола. Подписано личным ключом: { $name }
record-by-own = Для протокола. Подписано вашим личным ключом
record-by-hint = Доказательство, которое каждый может проверить и привести, навсегда.
record-words = Что вы говорите
record-for-ever = Доказательство, навсегда
record-for-ever-hint = Подписывается вашим личным ключом. Кто это получит, сможет доказать кому угодно, и вне этой группы, что вы сказали именно это. Отозвать нельзя.
record-sign = Подписать и сказать
record-save = Сохранить доказательство
record-save-hint = Доказывает, кто это сказал, что и когда
pin-put = Закрепить для всех
pin-take = Открепить
pin-on-own = Вы закрепили: «{ $words }»
pin-on-other = { $name } закрепляет: «{ $words }»
pin-off-own = Вы открепили: «{ $words }»
pin-off-other = { $name } открепляет: «{ $words }»
pin-unknown = сообщение, которое здесь не показано
pinned-title = Закреплено
pinned-none = Больше ничего не закреплено.
pinned-count =
    { $count ->
        [one] Закреплено: { $count }
        [few] Закреплено: { $count }
        [many] Закреплено: { $count }
       *[other] Закреплено: { $count }
    }
pinned-by = Кто закрепил: { $name }, { $time }
pinned-by-you = Закрепили вы, { $time }
