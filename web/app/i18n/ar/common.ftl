app-name = Couloir
back = رجوع
cancel = إلغاء
close = إغلاق
nameless = بلا اسم
verified = جرى التحقق وجهًا لوجه
key-changed = تغيّر المفتاح
keys-differ = المفاتيح غير متطابقة
tabs = الرئيسية
tab-caucuses = المجموعات
tab-people = الحاضرون
tab-settings = الإعدادات
strip-both = <b>{ $people } في المدى</b>، عبر الموزّع ومباشرةً
strip-hub = <b>{ $people } في المدى</b>، عبر الموزّع
strip-direct = <b>{ $people } في المدى</b>، مباشرةً
strip-mesh = <b>{ $people } في المدى</b>، عبر آخرين
strip-alone = <b>متصل.</b> لا أحد غيرك هنا بعد
strip-none = <b>لا أحد في المدى.</b> ما تكتبه يُحفظ هنا ويُرسل لاحقًا
strip-guest = <b>رابط ضيف.</b> من يدير شبكة الواي فاي هذه يستطيع تغيير الصفحة
strip-asks = <b>{ $name }</b> يريد مقارنة الرموز التعبيرية معك
strip-compare = قارن سبعة رموز تعبيرية مع <b>{ $name }</b> الآن
strip-room-asks = بدأ <b>{ $name }</b> رمز القاعة في «{ $caucus }»
strip-room-compare = اقرأ رمز القاعة في «{ $caucus }» بصوت عالٍ الآن
strip-held = <b>محجوز.</b> تحقّق من { $name } مجددًا
strip-held-many = <b>محجوز.</b> تحقّق من { $name } و{ $others ->
    [zero] لا أحد غيره
    [one] شخص آخر
    [two] شخصين آخرين
    [few] { $others } آخرين
    [many] { $others } آخرين
   *[other] { $others } آخرين
} مجددًا
notice-pending = وصل الطلب. تُفتح المجموعة تلقائيًا حين يردّ أحد الأعضاء.
error-wrong-passphrase = ليست هذه عبارة المرور.
error-hub-away = الموزّع لا يستجيب. هل أنت على شبكته؟
error-file-too-large = هذا الملف أكبر من 200 ميغابايت.
error-file-not-here = لم يصل هذا الملف إلى هذا الجهاز بعد.
error-file-name = هذا الملف بلا اسم.
error-too-long = هذا النص أطول من أن يُرسل في رسالة واحدة.
error-usage = لا يمكن ذلك هنا.
error-refused = المجموعة لا تسمح بذلك.
error-invalid = تعذّرت قراءته. اطلبه من جديد.
error-storage = تعذّر الحفظ على هذا الجهاز. هل امتلأت مساحته؟
error-network = لا أحد يستجيب. حاول مجددًا حين يُظهر الشريط أشخاصًا في المدى.
error-timeout = لم يردّ أحد بعد. تُعاد المحاولة تلقائيًا.
error-internal = حدث خلل هنا. ما كتبته محفوظ.
error-not-in = لا يمكن سؤال أي من أجهزته بعد. حاول مجددًا حين يكون هنا.
error-not-member = لم تعد عضوًا في هذه المجموعة. ويبقى ما قيل فيها مقروءًا.
error-over = انتهى ذلك. ابدأ من جديد.
