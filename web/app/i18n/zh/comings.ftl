coming-opened-own = 您新建了此小组
coming-opened-other = { $by }新建了此小组
coming-added-own = 您添加了{ $names }
coming-added-you = { $by }添加了您
coming-added-other = { $by }添加了{ $names }
coming-came-own = { $count ->
   *[other] { $names }凭您的邀请码加入
}
coming-came-you = 您凭{ $by }的邀请码加入
coming-came-other = { $count ->
   *[other] { $names }凭{ $by }的邀请码加入
}
coming-left-own = 您退出了小组
coming-left-other = { $count ->
   *[other] { $names }退出了小组
}
coming-removed-own = 您移除了{ $names }
coming-removed-you = { $by }移除了您
coming-removed-other = { $by }移除了{ $names }
coming-admin-own = 您将{ $names }设为管理员
coming-admin-you = { $by }将您设为管理员
coming-admin-other = { $by }将{ $names }设为管理员
coming-member-own = 您将{ $names }恢复为普通成员
coming-member-you = { $by }将您恢复为普通成员
coming-member-other = { $by }将{ $names }恢复为普通成员
coming-others = { $count ->
   *[other] 另外 { $count } 人
}
coming-past-pinned = 可读置顶内容
coming-past-last = 可读最近 { $count } 条
coming-past-all = 可读以往全部内容
