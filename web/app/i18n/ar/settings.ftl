profile-name = اسمك
profile-name-missing = يحتاج الآخرون إلى اسم يعرفونك به.
profile-hint = يرى الآخرون في هذا المكان اسمك وبلدك في الحال.
profile-save = حفظ

set-change = { $land } · اضغط للتغيير
set-reading = القراءة
set-language = اللغة
set-text-size = حجم النص
set-percent = { $percent }٪
set-appearance = المظهر
set-theme-device = الجهاز
set-theme-light = فاتح
set-theme-dark = داكن
set-alerts = التنبيهات
set-locked = الهاتف المقفل لا يستقبل شيئًا
set-locked-hint = لا إنترنت هنا يوقظه. افتح Couloir لجلب ما وصل.
set-identity = الهوية
set-move = النقل إلى جهاز آخر
set-move-hint = يحفظ ملفًا مشفّرًا أو يعرض رمزًا
set-backup = نسخة احتياطية
set-never-backed = لم تُحفظ نسخة قط
set-never-backed-page = لم تُحفظ نسخة قط. وقد يمحو هذا المتصفح ما خزّنه من تلقاء نفسه
set-backed-up = آخر حفظ { $when }
set-locked-keys = مفاتيحك مقفلة بعبارة المرور
set-locked-keys-hint = من يأخذ هذا الجهاز يحتاج إليها ليقرأ أي شيء هنا.
set-open-keys = مفاتيحك غير مقفلة
set-open-keys-hint = من يفتح هذا الجهاز يقرأ ما عليه. اقفل الجهاز نفسه.
set-key = مفتاحك
set-key-hint = يقارنه الآخرون بما يعرضه جهازهم عنك.
set-about = عن البرنامج
set-kind-page = Couloir من موزّع، في هذه الصفحة
set-kind-tab = يعمل Couloir في علامة تبويب أخرى من هذا المتصفح
set-kind-daemon = يعمل Couloir على هذا الجهاز
set-kind-file = Couloir من ملف، couloir.html
set-guest-hint = رابط ضيف: يستطيع من يدير شبكة الواي فاي هذه تغيير الصفحة.
set-file-hint = قارن كلمات التحقق منه بالكلمات التي وُزّعت معه.
set-full-hint = تُنشأ المفاتيح على هذا الجهاز وتبقى عليه.
set-own-certificate-hint = تبقى المفاتيح على هذا الجهاز. لم يغيّر أحد الصفحة إن كانت شهادتها هي نفسها على شاشة الموزّع.
set-hub = الموزّع «{ $name }»
set-hub-hint = { $url }
set-blocked = { $people ->
    [zero] لا محظورين
    [one] شخص واحد محظور
    [two] شخصان محظوران
    [few] { $people } أشخاص محظورين
    [many] { $people } شخصًا محظورًا
   *[other] { $people } شخص محظور
}
set-end = النهاية
set-wipe = محو هذا الجهاز
set-wipe-hint = يحذف مفاتيحك ومجموعاتك وصورك من هنا. ويبقى لدى الآخرين ما أرسلته إليهم. لا رجعة فيه، والنسخة الاحتياطية هي طريق العودة الوحيد.
set-wipe-key = محو هذا الجهاز…

set-mail-hint = بريدك وبريد غيرك المختوم على ذاكرة محمولة، حيث لا شبكة
mail-title = البريد بملف
mail-hint = يحمل جهازك بريدك وبريد غيرك المختوم ثلاثة أيام. ضعه في ملف، وخذ الملف إلى جهاز آخر، فتصل الرسائل هناك. لا يُظهر الملف اسمًا ولا مجموعة.
mail-save = حفظ ملف
mail-saved = حُفظ. اختره هنا على الجهاز الآخر.
mail-held = { $envelopes ->
    [zero] لا ظرف مختومًا هنا.
    [one] ظرف مختوم واحد هنا، أيًّا كان صاحبه.
    [two] ظرفان مختومان هنا، أيًّا كان صاحبهما.
    [few] { $envelopes } ظروف مختومة هنا، أيًّا كان أصحابها.
    [many] { $envelopes } ظرفًا مختومًا هنا، أيًّا كان أصحابها.
   *[other] { $envelopes } ظرف مختوم هنا، أيًّا كان أصحابها.
}
mail-unsealed = { $messages ->
    [zero] لا رسالة منك تنتظر.
    [one] تنتظر رسالة منك أن يكون أحد في المدى، ولا يمكن أن تكون في الملف بعد.
    [two] تنتظر رسالتان منك أن يكون أحد في المدى، ولا يمكن أن تكونا في الملف بعد.
    [few] تنتظر { $messages } رسائل منك أن يكون أحد في المدى، ولا يمكن أن تكون في الملف بعد.
    [many] تنتظر { $messages } رسالة منك أن يكون أحد في المدى، ولا يمكن أن تكون في الملف بعد.
   *[other] تنتظر { $messages } رسالة منك أن يكون أحد في المدى، ولا يمكن أن تكون في الملف بعد.
}
mail-take = أخذ البريد من ملف
mail-busy = جارٍ القراءة…
mail-new = { $envelopes ->
    [zero] لا جديد فيه.
    [one] أُخذ ظرف جديد واحد.
    [two] أُخذ ظرفان جديدان.
    [few] أُخذت { $envelopes } ظروف جديدة.
    [many] أُخذ { $envelopes } ظرفًا جديدًا.
   *[other] أُخذ { $envelopes } ظرف جديد.
}
mail-known = معروف من قبل: { $envelopes }.
mail-expired = فات وقته: { $envelopes }.
mail-elsewhere = من مكان آخر: { $envelopes }.
mail-refused = ليس بريدًا أصلًا: { $envelopes }.
mail-broken = ثم ينقطع الملف. انسخه من جديد وخذه مرة أخرى.
move-title = نقل هويتك
move-way = الاتجاه
move-away = إلى جهاز آخر
move-here = من جهاز آخر
move-away-hint = يصير الجهاز الآخر أنت أيضًا، ويُدخله الآخرون إلى مجموعاتك من جديد. امحُ هذا الجهاز بعدها إن لم يكن لك.
move-here-hint = يصير هذا الجهاز لصاحب الملف أو الرمز.
move-passphrase = عبارة المرور
move-passphrase-hint = تقفل الملف أو الرمز. أربع كلمات لا صلة بينها خيار جيد.
move-again = العبارة نفسها مرة أخرى
move-short = 8 أحرف على الأقل.
move-differs = العبارتان مختلفتان.
move-save = حفظ ملف
move-file-hint = من أنت، ومن تعرف، وما قيل، للقراءة.
move-show = عرض رمز
move-code-hint = من أنت، ولا شيء غير ذلك.
move-locking = جارٍ القفل
move-saved = حُفظ. افتحه على الجهاز الآخر بعبارة المرور.
move-qr = هويتك رمزًا مقفلًا بعبارة المرور
move-scan = امسحه بكاميرا الجهاز الآخر، واكتب عبارة المرور هناك.
move-to-lock = إلى صفحة هذا الموزّع ذات القفل
move-hide = إخفاء الرمز
move-choose = اختيار الملف
move-link = أو ألصق الرابط
move-its-passphrase = عبارة مروره
move-no-file = اختر ملف هوية، أو ألصق رابطًا فيه «move=».
move-replaces = تحلّ محلّ ما هو هنا
move-replaces-hint = تُحذف مفاتيحك ومجموعاتك وسجلّك من هذا الجهاز. احفظها أولًا إن أردت استعادتها.
move-take = أخذ الهوية
move-taking = جارٍ الفتح

wipe-title = محو هذا الجهاز؟
wipe-gone = يزول من هنا في الحال: مفاتيحك، و{ $caucuses }، و{ $messages }، و{ $files }.
wipe-gone-all = يزول من هنا في الحال: مفاتيحك ومجموعاتك ورسائلك وصورك.
wipe-caucuses = { $count ->
    [zero] 0 مجموعة
    [one] مجموعة واحدة
    [two] مجموعتان
    [few] { $count } مجموعات
    [many] { $count } مجموعة
   *[other] { $count } مجموعة
}
wipe-messages = { $count ->
    [zero] 0 رسالة
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
}
wipe-files = { $count ->
    [zero] 0 ملف أو صورة
    [one] ملف أو صورة
    [two] ملفان أو صورتان
    [few] { $count } ملفات وصور
    [many] { $count } ملفًا وصورة
   *[other] { $count } ملف وصورة
}
wipe-stays = يبقى لدى الآخرين ما وصلهم منك. قد يُستعاد ملف محذوف من القرص، أما مفتاحه فلا.
wipe-no-backup = لا نسخة احتياطية بعد
wipe-no-backup-hint = من دونها لا يستطيع أحد أن يعيد إليك هذه الهوية.
wipe-backed-up = حُفظت نسخة { $when }
wipe-backed-up-hint = ما وصل بعدها ليس فيها.
wipe-type = اكتب «{ $word }» للمتابعة
wipe-word = امح
wipe-backup = حفظ نسخة أولًا
wipe-now = محو الآن
wipe-wiping = جارٍ المحو
wipe-done = تمّ المحو
wipe-done-hint = لم يبقَ شيء لك هنا.
wipe-done-daemon = لم يبقَ شيء لك هنا. وقد توقف Couloir على هذا الجهاز؛ شغّله من جديد في نافذته.
wipe-begin = بدء جديد
wipe-failed = لم يُحذف كل شيء. أغلق علامات تبويب Couloir الأخرى وحاول مجددًا.

set-devices-hint = ما هي، وإضافة جهاز أو إخراجه
