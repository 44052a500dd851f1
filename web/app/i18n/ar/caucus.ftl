new-title = مجموعة جديدة
new-name = الاسم
new-name-missing = اكتب لها اسمًا.
new-who-finds = من يستطيع إيجادها
new-closed = مغلقة
new-open-to-all = مفتوحة
new-closed-hint = لا يستطيع أحد من خارجها أن يعلم بوجودها أو بمن فيها.
new-open-hint = يرى اسمَها كلُّ من في المكان ويستطيع الانضمام إليها.
new-people = الأشخاص
new-chosen = { $people ->
    [zero] لم يُختَر أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $people } أشخاص
    [many] { $people } شخصًا
   *[other] { $people } شخص
}
new-gets-later = { $presence }. تصله عند عودته
new-guest-link = { $presence } · رابط ضيف
new-nobody = لم يظهر أحد هنا بعد. افتحها ثم اعرض رمزها.
new-show-code = عرض رمز
new-open = { $people ->
    [zero] فتح
    [one] فتح مع شخص
    [two] فتح مع شخصين
    [few] فتح مع { $people } أشخاص
    [many] فتح مع { $people } شخصًا
   *[other] فتح مع { $people } شخص
}
new-guests = { $guests ->
    [zero] لا ضيوف بينهم
    [one] بينهم ضيف
    [two] بينهم ضيفان
    [few] بينهم { $guests } ضيوف
    [many] بينهم { $guests } ضيفًا
   *[other] بينهم { $guests } ضيف
}
new-guests-hint = وصلت صفحة الضيف عبر هذه الشبكة دون حماية. وبوجوده تصبح المجموعة مقروءة لمن يدير شبكة الواي فاي هذه.
guest-question = يأتي عبر رابط ضيف
new-without-guests = دون الضيوف
new-with-guests = فتح رغم ذلك

invite-title = دعوة إلى «{ $caucus }»
invite-for = لمن
invite-one = شخص واحد
invite-several = حتى 10
invite-poster = ملصق
invite-one-hint = يصلح مرة واحدة خلال ساعة.
invite-several-hint = يصلح عشر مرات خلال 12 ساعة.
invite-making = جارٍ إعداد الرمز
invite-failed = تعذّر إعداد رمز هنا.
invite-qr = رمز يُمسح بكاميرا الهاتف
invite-scan = وجّه إليه كاميرا هاتف، أو مرّر الرابط:
invite-scan-code = لا عنوان معروفًا لموزّع، فهذا هو الرمز وحده. امسحه في Couloir أو مرّره:
invite-ends-today = ينتهي الساعة { $time }
invite-ends = ينتهي في { $day } الساعة { $time }
invite-copy-link = نسخ الرابط
invite-copy-code = نسخ الرمز
invite-link = الرابط
invite-code = الرمز
invite-copied = نُسخ
invite-not-copied = حدّد النص وانسخه
invite-guests = من يفتح الرابط على هاتف يدخل ضيفًا. وبوجود ضيف تصبح المجموعة المغلقة مقروءة لمن يدير شبكة الواي فاي هذه.

code-title = الانضمام برابط أو رمز
code-brought = فتحتَ دعوة. انضم لتلبيتها.
code-field = الرابط أو الرمز
code-field-hint = ألصق ما أرسله إليك زميل. يبدأ بـ http أو couloir:
code-scan-hint = أو التقط صورة للرمز:
code-reading = جارٍ قراءة الصورة
code-none = لم يُعثر فيها على رمز. قرّب الهاتف وأمسكه مستقيمًا.
code-join = انضمام
code-joining = جارٍ سؤال أحد الأعضاء

ask-title = دعوة
ask-gone = لم تعد هذه الدعوة قائمة.
ask-unknown = لم يظهر هنا بعد
ask-facts = { $members ->
    [zero] لا أحد فيها بعد. وصلت الساعة { $time }.
    [one] فيها شخص واحد. وصلت الساعة { $time }.
    [two] فيها شخصان. وصلت الساعة { $time }.
    [few] فيها { $members } أشخاص. وصلت الساعة { $time }.
    [many] فيها { $members } شخصًا. وصلت الساعة { $time }.
   *[other] فيها { $members } شخص. وصلت الساعة { $time }.
}
ask-facts-direct = محادثة بينكما وحدكما. وصلت الساعة { $time }.
ask-accept = قبول
ask-accepting = جارٍ طلب الدخول
ask-decline = اعتذار
ask-decline-hint = لا يُبلَّغ { $name } إن اعتذرت.
ask-more = { $others ->
    [zero] لا دعوات أخرى.
    [one] وهناك دعوة أخرى تنتظر.
    [two] وهناك دعوتان أخريان تنتظران.
    [few] وهناك { $others } دعوات أخرى تنتظر.
    [many] وهناك { $others } دعوة أخرى تنتظر.
   *[other] وهناك { $others } دعوة أخرى تنتظر.
}

guest-link = رابط ضيف
photo-too-large = هذه الصورة أكبر من أن يعرضها هذا الجهاز. يمكن حفظها.
photo-unreadable = ليست هذه صورة يمكن عرضها. يمكن حفظها.
waiting-key-short = في انتظار المفتاح
receipt-nobody = لم تصل إلى أحد بعد.
receipt-person-read = قُرئت
receipt-person-reached = وصلت
receipt-person-not = ليس بعد
readers-count =
    { $count ->
        [zero] لا أحد
        [one] شخص واحد
        [two] شخصان
        [few] { $count } أشخاص
        [many] { $count } شخصًا
       *[other] { $count } شخص
    }
member-invited = أُرسلت الدعوة، ولم ينضم بعد
member-asks = يطلب الدخول
member-admin = مشرف
member-admit = إدخال
menu-invite-hint = يعرض رمزًا ورابطًا لمن ليس هنا بعد
menu-alerts = ما يبرز
menu-alerts-all = الكل
menu-alerts-mentions = اسمي
menu-alerts-none = لا شيء
menu-alerts-all-hint = كل ما يُقال فيها
menu-alerts-mentions-hint = ما يذكرك بعلامة @، والنداءات
menu-alerts-none-hint = لا شيء: لا تبرز ولا ترنّ نداءاتها
name-choice = اذكر أحدهم
name-choice-count = { $count ->
    [zero] لا أحد يُذكر
    [one] شخص واحد يمكن ذكره
    [two] شخصان يمكن ذكرهما
    [few] { $count } أشخاص يمكن ذكرهم
    [many] { $count } شخصًا يمكن ذكرهم
   *[other] { $count } شخص يمكن ذكرهم
}
menu-leave = مغادرة هذه المجموعة
menu-leave-sure = سيرى الآخرون أنك غادرت. ما قيل حتى الآن يبقى مقروءًا هنا.
