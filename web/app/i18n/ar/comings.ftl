coming-opened-own = فتحتَ هذه المجموعة
coming-opened-other = فتح { $by } هذه المجموعة
coming-added-own = أضفتَ { $names }
coming-added-you = أضافك { $by }
coming-added-other = أضاف { $by }: { $names }
coming-came-own = { $count ->
    [zero] انضم { $names } برمز منك
    [one] انضم { $names } برمز منك
    [two] انضم { $names } برمز منك
    [few] انضم { $names } برمز منك
    [many] انضم { $names } برمز منك
   *[other] انضم { $names } برمز منك
}
coming-came-you = انضممتَ برمز من { $by }
coming-came-other = { $count ->
    [zero] انضم { $names } برمز من { $by }
    [one] انضم { $names } برمز من { $by }
    [two] انضم { $names } برمز من { $by }
    [few] انضم { $names } برمز من { $by }
    [many] انضم { $names } برمز من { $by }
   *[other] انضم { $names } برمز من { $by }
}
coming-left-own = غادرتَ المجموعة
coming-left-other = { $count ->
    [zero] غادر { $names }
    [one] غادر { $names }
    [two] غادر { $names }
    [few] غادر { $names }
    [many] غادر { $names }
   *[other] غادر { $names }
}
coming-removed-own = أخرجتَ { $names }
coming-removed-you = أخرجك { $by }
coming-removed-other = أخرج { $by }: { $names }
coming-admin-own = منحتَ الإشراف: { $names }
coming-admin-you = منحك { $by } الإشراف
coming-admin-other = منح { $by } الإشراف: { $names }
coming-member-own = أعدتَ إلى العضوية العادية: { $names }
coming-member-you = أعادك { $by } إلى العضوية العادية
coming-member-other = أعاد { $by } إلى العضوية العادية: { $names }
coming-others = { $count ->
    [zero] { $count } آخرون
    [one] شخص آخر
    [two] شخصان آخران
    [few] { $count } آخرون
    [many] { $count } آخرون
   *[other] { $count } آخرون
}
coming-past-pinned = للقراءة: المثبّت
coming-past-last = للقراءة: آخر { $count }
coming-past-all = للقراءة: كل ما سبق
