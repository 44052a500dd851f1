person-direct = مباشرةً
person-mesh = عبر آخرين لا يستطيعون القراءة
person-unreached = خارج المدى الآن
person-later = ما تكتبه ينتظر ويُرسل تلقائيًا
person-loading = لحظة
person-gone = هذا الشخص غير معروف هنا.
person-message = مراسلة
person-new-caucus = مجموعة جديدة
person-shared = { $caucuses ->
    [zero] ليس في مجموعاتك
    [one] في إحدى مجموعاتك
    [two] في اثنتين من مجموعاتك
    [few] في { $caucuses } من مجموعاتك
    [many] في { $caucuses } من مجموعاتك
   *[other] في { $caucuses } من مجموعاتك
}
person-bring = إدخال إلى مجموعة
person-bring-guest = إدخال
person-unverified = لم يُتحقَّق منه بعد
person-unverified-hint = حتى الآن لا يشهد بأنه { $name } إلا هذه الشبكة. قارنا المفتاحين وجهًا لوجه قبل أن تكتب ما يهم.
person-verified-hint = قارنتَ المفتاح مع { $name } وجهًا لوجه.
person-guest = رابط ضيف
person-guest-hint = يستعمل { $name } صفحة وصلت عبر هذه الشبكة دون حماية. وما تكتبه إليه مقروء لمن يديرها.
person-blocked = محظور
person-blocked-hint = لا تصلك دعواته. ولم يُبلَّغ بذلك.
person-block = حظر { $name }
person-block-hint = لا تصلك بعد الآن دعوات { $name }، ولا يُبلَّغ بذلك. وتبقيان معًا في المجموعات المشتركة. لا يمكن التراجع على هذا الجهاز.
person-block-now = حظر
person-key = مفتاحه
person-key-hint = يرى { $name } المفتاح نفسه في الإعدادات. ليقرأه كلٌّ منكما على الآخر.
person-verify = تحقق
person-verify-again = التحقق مجددًا
person-verified-code = مسحتَ رمز { $name } وجهًا لوجه. { $time }
person-verified-emoji = قارنتَ الرموز التعبيرية مع { $name }. { $time }
person-was = كان اسمه «{ $name }» حين تحققت منه
person-was-hint = تغيّر الاسم. والمفاتيح هي نفسها.
