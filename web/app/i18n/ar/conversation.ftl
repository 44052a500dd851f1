search = بحث
list-search = مجموعة أو اسم
list-none-found = لا شيء بهذا الاسم.
list-new = مجموعة جديدة
list-scan = الانضمام برمز
list-empty = لا مجموعات بعد.
list-empty-hint = امسح رمز زميل لك، أو افتح مجموعة مع الحاضرين هنا.
list-ask = دعوة من <b>{ $from }</b> إلى «{ $caucus }»
list-asks = دعوة من <b>{ $from }</b> إلى «{ $caucus }». الدعوات المنتظرة: { $count }.
list-ask-direct = دعوة من <b>{ $from }</b> إلى محادثة ثنائية
list-asks-direct = دعوة من <b>{ $from }</b> إلى محادثة ثنائية. الدعوات المنتظرة: { $count }.
list-look = عرض
list-open-here = مفتوحة للجميع هنا
list-join = انضمام
list-draft = مسودة:
list-you = أنت:
list-name = { $name }:
list-nothing-said = لم يُقل شيء بعد
list-invited = أُرسلت الدعوة إلى { $name }
list-gone = لم تعد عضوًا فيها
list-read = قُرئت
list-reached = وصلت
list-held = محجوز
list-new-count =
    { $count ->
        [zero] لا جديد
        [one] رسالة جديدة
        [two] رسالتان جديدتان
        [few] { $count } رسائل جديدة
        [many] { $count } رسالة جديدة
       *[other] { $count } رسالة جديدة
    }
nothing-open = لا شيء مفتوح.
nothing-open-hint = اختر مجموعة من الجانب. يمكن البحث بالاسم بالضغط على Ctrl K.
nothing-people = لم تختر أحدًا.
nothing-people-hint = اختر شخصًا من الجانب لمراسلته أو للتحقق منه.
not-there = هذه المجموعة ليست هنا.
not-there-hint = ليست على هذا الجهاز، أو لم تعد عليه.
gone-hint = لم تعد عضوًا في هذه المجموعة. ما قيل حتى خروجك يبقى مقروءًا هنا.
you = أنت
guest = ضيف
muted = صامتة
names-you = ذُكر اسمك
here = هنا
away = غير موجود
away-since = غير موجود منذ { $time }
here-of = { $here } من { $all } هنا
here-label = هنا، { $here } من { $all }
invited-label =
    { $count ->
        [zero] لا مدعوين
        [one] مدعو واحد
        [two] مدعوان
        [few] { $count } مدعوين
        [many] { $count } مدعوًا
       *[other] { $count } مدعو
    }
only-you = أنت وحدك
open-caucus = مفتوحة
more = المزيد
photo = صورة
photo-open = صورة. اضغط لعرضها كاملة
photo-fetch = جلب الصورة كاملة، { $size }
photo-away = الصورة كاملة: { $size }
file-part = { $have } من { $size }
file-coming = في الطريق
file-waiting = لا أحد ممن لديهم الملف في المدى. يُستأنف تلقائيًا.
file-kept =
    { $count ->
        [zero] غير محفوظ لدى أحد
        [one] محفوظ لدى شخص واحد
        [two] محفوظ لدى شخصين
        [few] محفوظ لدى { $count } أشخاص
        [many] محفوظ لدى { $count } شخصًا
       *[other] محفوظ لدى { $count } شخص
    }
voice = رسالة صوتية
file-save = حفظ
file-fetch = جلب
record = ما قيل
older = الأقدم
begin-closed = لا يستطيع أحد من الخارج أن يعلم بوجود هذه المجموعة أو بمن فيها.
begin-open = يستطيع كل من في هذا المكان أن يجد هذه المجموعة وينضم إليها.
unread-since =
    { $count ->
        [zero] لا جديد منذ { $time }
        [one] رسالة جديدة منذ { $time }
        [two] رسالتان جديدتان منذ { $time }
        [few] { $count } رسائل جديدة منذ { $time }
        [many] { $count } رسالة جديدة منذ { $time }
       *[other] { $count } رسالة جديدة منذ { $time }
    }
new-below =
    { $count ->
        [zero] لا جديد في الأسفل
        [one] رسالة جديدة في الأسفل
        [two] رسالتان جديدتان في الأسفل
        [few] { $count } رسائل جديدة في الأسفل
        [many] { $count } رسالة جديدة في الأسفل
       *[other] { $count } رسالة جديدة في الأسفل
    }
to-end = إلى الأحدث
gap =
    { $count ->
        [zero] لا رسائل ناقصة.
        [one] رسالة سابقة لم تصل بعد.
        [two] رسالتان سابقتان لم تصلا بعد.
        [few] { $count } رسائل سابقة لم تصل بعد.
        [many] { $count } رسالة سابقة لم تصل بعد.
       *[other] { $count } رسالة سابقة لم تصل بعد.
    }
away-minutes = { $count ->
    [zero] غبت أقل من دقيقة
    [one] غبت دقيقة واحدة
    [two] غبت دقيقتين
    [few] غبت { $count } دقائق
    [many] غبت { $count } دقيقة
   *[other] غبت { $count } دقيقة
}
away-hours = { $count ->
    [zero] غبت أقل من ساعة
    [one] غبت ساعة واحدة
    [two] غبت ساعتين
    [few] غبت { $count } ساعات
    [many] غبت { $count } ساعة
   *[other] غبت { $count } ساعة
}
away-days = { $count ->
    [zero] غبت أقل من يوم
    [one] غبت يومًا واحدًا
    [two] غبت يومين
    [few] غبت { $count } أيام
    [many] غبت { $count } يومًا
   *[other] غبت { $count } يوم
}
away-fetched = { $messages ->
    [zero] لم تُجلب رسائل.
    [one] جُلبت رسالة واحدة.
    [two] جُلبت رسالتان.
    [few] جُلبت { $messages } رسائل.
    [many] جُلبت { $messages } رسالة.
   *[other] جُلبت { $messages } رسالة.
}
away-note = { $away }. { $fetched }
waiting-key = في انتظار مفتاح { $name }
waiting-key-note = في انتظار مفتاح { $name }. يُفتح تلقائيًا.
in-answer-to = ردًا على
quote-elsewhere = رسالة غير معروضة هنا
quote-not-here = هذه الرسالة ليست على هذا الجهاز.
line-unknown = رسالة لا تستطيع هذه النسخة من Couloir عرضها.
line-unsigned = تدّعي هذه الرسالة أنها للتوثيق، ولم يوقّعها مرسلها.
taken-back = مسحوبة
said-aloud = { $name }: { $text }
show-all = عرض النص كاملًا
receipt-saved = محفوظة على هذا الجهاز
receipt-waiting = لا أحد في المدى — ستُرسل
receipt-held = محجوزة حتى تتحقّق من { $name } مجددًا
receipt-reached = وصلت إلى { $reached } من { $of }
receipt-read = قرأها { $read }
entry-answer = رد
entry-more = تفاعل، نسخ، المزيد
react = تفاعل
emoji = رموز تعبيرية
write = كتابة
tools = الطاولة والملفات
send = إرسال
send-later = حفظ وإرسال لاحقًا
to-one = إلى { $name }
to-many = إلى { $all }، منهم { $here } هنا
to-held = محجوز: { $name }
to-held-many = محجوز: { $name } و{ $others ->
        [zero] لا أحد غيره
        [one] شخص آخر
        [two] شخصين آخرين
        [few] { $others } آخرين
        [many] { $others } آخرين
       *[other] { $others } آخرين
    }
to-nobody = لا أحد غيرك فيها بعد
to-later = يُحفظ حتى يصبح أحد في المدى
guests-read =
    { $count ->
        [zero] لا ضيوف يتابعون
        [one] <b>{ $names }</b> يتابع عبر رابط ضيف
        [two] <b>{ $names }</b> يتابعان عبر روابط ضيوف
        [few] <b>{ $names }</b> يتابعون عبر روابط ضيوف
        [many] <b>{ $names }</b> يتابعون عبر روابط ضيوف
       *[other] <b>{ $names }</b> يتابعون عبر روابط ضيوف
    }
guests-read-many =
    { $count ->
        [zero] لا ضيوف يتابعون
        [one] <b>{ $names }</b> يتابع عبر رابط ضيف
        [two] <b>{ $names }</b> يتابعان عبر روابط ضيوف
        [few] <b>{ $names }</b> وآخرون يتابعون عبر روابط ضيوف، وعددهم { $count }
        [many] <b>{ $names }</b> وآخرون يتابعون عبر روابط ضيوف، وعددهم { $count }
       *[other] <b>{ $names }</b> وآخرون يتابعون عبر روابط ضيوف، وعددهم { $count }
    }
readers = من يستطيع القراءة
menu-invite = دعوة برمز
