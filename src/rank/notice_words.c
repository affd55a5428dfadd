/* notice_words - the words that rules of notices are made of (notice_inside.h says how they are
 * written).
 *
 * A word stands here when in headlines it is hardly ever used for anything else, alone or together
 * with the other classes of its rules. Each class says what it is for; the _EVENT_ and _NEWS_ ones
 * hold what makes news of a notice, and so are generous.
 */
#include "notice_inside.h"

#define WEEKDAYS_EN(before, after) \
	before "monday" after "|" before "tuesday" after "|" before "wednesday" after "|" \
	before "thursday" after "|" before "friday" after "|" before "saturday" after "|" \
	before "sunday" after

const char *const notice_words[WORD_CLASSES] = {
	[W_QUESTION] = "?|吗|呢",
	/* A word in quotes is what somebody said, or what is argued about: an explainer of news. */
	[W_QUOTE] = "“|”|「|」|『|』|\"",

	/* Bulletins are one breath; a sentence of two clauses was written by somebody. */
	[W_CLAUSE] = ",|;|!",

	/* Paid, in the brackets or at the end where such marks stand. The bare words are news about
	 * advertising. */
	[W_PAID_MARK] =
		"^[pr]|[pr]$|【pr】|^(pr)|(pr)$|^〔pr〕|〔pr〕$|^<pr>|<pr>$|^pr:|^[ad]|[ad]$|"
		"【ad】|^(ad)|(ad)$|[advertisement]|(advertisement)|^advertisement:|^advertorial:|"
		"[advertorial]|(advertorial)|^sponsored:|^sponsored post:|^sponsored content:|"
		"^sponsored by |(sponsored)|[sponsored]|(sponsored post)|[sponsored post]|"
		"(sponsored content)|[sponsored content]|(paid content)|[paid content]|"
		"(paid post)|[paid post]|^paid content:|^paid post:|^partner content:|"
		"(partner content)|[partner content]|^(promoted)|(promoted)$|^[promoted]|"
		"[promoted]$|(brand post)|^anzeige:|^[anzeige]|[anzeige]$|^(anzeige)|(anzeige)$|"
		"^(werbung)|(werbung)$|^[werbung]|[werbung]$|(bezahlter inhalt)|^advertorial|"
		"^[广告]|[广告]$|【广告】|^(广告)|(广告)$|^广告:|^〔广告〕|〔广告〕$|^[推广]|"
		"[推广]$|【推广】|^(推广)|(推广)$|^推广:|^[赞助]|[赞助]$|【赞助】|^(赞助)|(赞助)$|"
		"【商讯】|^[商讯]|[商讯]$|^(商讯)|(商讯)$|【商业推广】|^(软文)|(软文)$|【廣編】|"
		"【廣編特輯】|(廣編特輯)|【业配】|【工商】|^(工商)|(工商)$|【工商时间】|"
		"【企業特刊】|【企劃】|【広告】|^(広告)|(広告)$|^[広告]|[広告]$|^広告:|【提供】|"
		"【タイアップ】|(タイアップ)|【スポンサー】|【プロモーション】|[プロモーション]|"
		"(プロモーション)",

	/* ---- all languages: bulletins of luck, and of traffic ---- */
	[W_STARS] =
		"^horoscope|^horoscopes|^daily horoscope|^weekly horoscope|^monthly horoscope|"
		"horoscope today|horoscopes today|horoscope for|horoscopes for|today's horoscope|"
		"your daily horoscope|your weekly horoscope|your horoscope|horoscope:|"
		"daily horoscopes|weekly horoscopes|tarot reading for|tarot card reading|"
		"今日の運勢|きょうの運勢|明日の運勢|今週の運勢|来週の運勢|今月の運勢|#月の運勢|"
		"の運勢|星占い|12星座占い|12星座ランキング|星座占い|血液型占い|毎日占い|"
		"tageshoroskop|wochenhoroskop|monatshoroskop|horoskop heute|horoskop für|"
		"^horoskop|ihr horoskop",
	[W_DRAWN] =
		"powerball winning numbers|mega millions winning numbers|winning numbers for|"
		"^winning numbers|winning powerball numbers|winning mega millions numbers|"
		"powerball results|mega millions results|lottery results|lotto results|"
		"euromillions results|lottery numbers for|powerball numbers for|lotto numbers for|"
		"thunderball results|set for life results|ロト6当|ロト7当|ロト6の当|ロト7の当|"
		"ナンバーズ当|ナンバーズ4当|当せん番号|当選番号案内|宝くじ抽せん結果|抽せん結果|"
		"lottozahlen|gewinnzahlen|lotto am samstag|lotto am mittwoch|eurojackpot-zahlen|"
		"eurojackpot am",
	[W_TRAFFIC] =
		"今日限行|今天限行|明日限行|明天限行|限行尾号|尾号限行#|限行提示|今日尾号|"
		"明日尾号|本周限行|blitzer heute|blitzer in|blitzer am|radarkontrollen in|"
		"hier wird heute geblitzt|hier wird geblitzt",

	/* ---- Chinese: weather ---- */
	[W_DATE_ZH] =
		"#月#日|#月#号|#-#-#|#/#/#|#.#.#|#年#月|星期#|星期天|周#|周日|周天",
	[W_DAY_ZH] = "今天|今日|明天|明日|后天|今晚|今夜|夜间|白天",
	/* Days to come, as forecasts name them. */
	[W_SPAN_ZH] =
		"未来#天|未来#日|未来#小时|未来一周|未来两周|今明#天|今明天|今明两日|今起#天|"
		"明后#天|明后天|接下来#天|未来几天|未来几日|本周天气|下周天气|周末天气|明天天气|"
		"今日天气|今天天气|明日天气|今夜到明天|今晚到明天|今天夜间到明天|^天气预报|"
		"一周天气",
	[W_SKY_ZH] =
		"晴|多云|阴天|阴到|阴有|阴转|阴雨|降雨|下雨|有雨|小雨|中雨|大雨|阵雨|雷雨|雷阵雨|"
		"暴雨|雨天|雨水|雨雪|小雪|中雪|大雪|阵雪|降雪|雨夹雪|有雾|大雾|雾霾|大风|有风|"
		"升温|降温|回暖|降水|高温|闷热|转晴|放晴|间晴",
	[W_HEAT_ZH] = "最高气温|最低气温|最高温度|最低温度|气温#|温度#|最高温|最低温|#℃|#度$",
	/* What makes weather news: harm, records, orders, people, and words of reporters. */
	[W_EVENT_ZH] =
		"死|伤|亡|失踪|受灾|灾|遇难|被困|转移|撤离|停课|停工|停运|停电|停航|取消|关闭|"
		"应急响应|防汛|抢险|救援|紧急|破纪录|纪录|记录|历史|首次|首个|罕见|极端|同期|以来|"
		"创|最强|最大|最热|最冷|最早|台风|飓风|海啸|地震|洪|决堤|山洪|泥石流|滑坡|塌|"
		"红色预警|森林火|山火|疫情|确诊|新增|专家|记者|航班|列车|高速|交通|比赛|股|市场|"
		"经济|房价|楼市|价格|涨|跌|实力|怎么|如何|为何|为什么|吗",
	/* Who gives alerts, or the code that only they write. */
	[W_ISSUER_ZH] =
		"气象台|气象局|气象部门|气象中心|气象服务中心|气象观测站|市发布|区发布|县发布|"
		"省发布|州发布|【iv/|【iii/|[iv/|[iii/|(iv/|(iii/|(iv级|(iii级",
	/* Levels IV and III only: orange and red ones are news. */
	[W_ALERT_ZH] =
		"大风蓝色预警|大风黄色预警|大雾黄色预警|大雾蓝色预警|雷电黄色预警|雷电蓝色预警|"
		"暴雨蓝色预警|暴雨黄色预警|高温蓝色预警|高温黄色预警|寒潮蓝色预警|寒潮黄色预警|"
		"沙尘蓝色预警|沙尘黄色预警|沙尘暴蓝色预警|沙尘暴黄色预警|霾黄色预警|霾蓝色预警|"
		"道路结冰黄色预警|道路结冰蓝色预警|冰雹黄色预警|冰雹蓝色预警|暴雪蓝色预警|"
		"暴雪黄色预警|强对流蓝色预警|强对流黄色预警|雷雨大风蓝色预警|雷雨大风黄色预警|"
		"霜冻蓝色预警|霜冻黄色预警|低温蓝色预警|低温黄色预警|持续低温蓝色预警|"
		"干旱黄色预警|电线积冰黄色预警|大风预警信号|大雾预警信号|雷电预警信号|"
		"地质灾害气象风险蓝色预警|地质灾害气象风险黄色预警|阵风蓝色预警|海上大风蓝色预警|"
		"海上大风黄色预警",

	/* ---- Chinese: adverts ---- */
	[W_COVER_ZH] =
		"意外险|重疾险|寿险|医疗险|车险|商业险|年金险|养老险|少儿险|人身险|财产险|家财险|"
		"交强险|分红险|万能险|储蓄险|定期险|终身险|防癌险|百万医疗|惠民保|保险产品|"
		"意外保险|医疗保险|重大疾病保险|人寿保险|商业保险|养老保险|少儿保险|儿童保险|"
		"汽车保险|旅游保险|保险一天|保险一年|保险多少钱|保险怎么买|买保险|投保|保费|保单|"
		"保障条款|看懂条款|保险条款|保险公司哪家",
	[W_LOAN_ZH] =
		"贷款|房贷|车贷|网贷|借贷|借款|信用贷|抵押贷|小额贷|消费贷|经营贷|装修贷|公积金贷|"
		"信用卡分期|信用卡额度|信用卡提额|信用卡套现|花呗|借呗|等额本息|等额本金|急用钱|"
		"网上借钱|借钱",
	/* What a buyer asks. */
	[W_SHOP_ZH] =
		"多少钱|怎么样|好吗|好不好|靠谱吗|值得买|值得购买|划算|哪款好|哪家好|哪个好|"
		"哪种好|哪家公司好|怎么挑|怎么选|怎么买|如何选购|如何挑选|如何购买|选购|挑选技巧|"
		"价格对比|价格表|价格情况|价目表|一览表|多少一年|利率最低|利息最低|最快当天|"
		"当天到账|秒到账|秒下款|怎么算利息|利息怎么算|必知|投保攻略|贷款攻略|买前必看|"
		"教您|有必要买|一文看懂|一文读懂|避坑|最好下款|容易下款|哪里可以借|怎么贷|"
		"申请条件|能贷多少|计算方法|怎么计算|有什么区别|区别在哪",
	[W_CLINIC_ZH] =
		"植牙|种植牙|种牙|牙齿矫正|牙齿美白|烤瓷牙|整牙|双眼皮|隆鼻|隆胸|吸脂|瘦脸针|"
		"玻尿酸|热玛吉|光子嫩肤|植发|祛斑|祛痘|脱毛|近视手术|近视眼手术|痔疮手术|无痛人流|"
		"包皮|试管婴儿|甲醛检测|除甲醛|减肥|瘦身|丰胸|脱发|白发",
	[W_PRICE_ZH] =
		"多少钱|价格一览|价格表|价格多少|价目|费用多少|收费标准|哪家好|哪家医院好|哪里好|"
		"排行榜|排名|怎么收费|哪种方法好|哪种效果好|哪个牌子好|哪种好",
	/* What makes news of money: authorities, courts, numbers of the market. */
	[W_MONEY_NEWS_ZH] =
		"集采|医保|降价|罚|处罚|监管|银保监|证监|央行|人民银行|金融监管|医保局|国务院|"
		"财政部|住建|警方|公安|检察|法院|诈骗|骗保|骗取|被骗|案|起诉|诉讼|判|下调|上调|"
		"降息|加息|降准|lpr|增长|下降|同比|业绩|营收|净利|年报|财报|季报|股|上市|收购|"
		"并购|亿|新规|政策|改革|试点|获批|发布|宣布|回应|通报|辞任|任命|董事|总裁|破产|"
		"投诉|维权|纠纷|爆雷|暴雷|理财市场|逾期率|余额|专家|报告|调查|记者|315|曝光|资管",
	[W_SCARCE_ZH] =
		"名额有限|先到先得|限时免费|限时优惠|仅限#名|最后#名|报满即止|免费领取|扫码领取|"
		"点击领取|限时抢购|限时秒杀|名额不多|额满为止|免费试听|免费试学|零基础可学|"
		"怎么报名",
	[W_ENROL_ZH] =
		"报名入口|立即报名|在线报名|我要报名|学历提升|成人高考|自考|培训班|训练营|试听课|"
		"抢购|秒杀",

	/* ---- Chinese: how-to ---- */
	[W_TEACH_ZH] =
		"#个步骤|#个方法|#个技巧|#个小窍门|教您|教你|教大家|手把手|一分钟学会|#分钟学会|"
		"三分钟教",
	[W_WAYS_ZH] =
		"方法|技巧|几招|#招|妙招|绝招|小窍门|窍门|知识|步骤|如何|怎么|怎样|攻略|轻松|快速|"
		"搞定|学会|正确|选购|挑选|辨别|省钱|看懂|读懂|搞懂|弄懂",
	[W_WHAT_ZH] =
		"是什么意思|^什么是|什么意思|是什么东西|是干什么的|是干嘛的|有什么用|的含义",
	[W_ASK_ZH] =
		"怎么|如何|怎样|怎么回事|怎么样|怎么办|好吗|好不好|什么原因|哪些|会不会|能不能|"
		"多少",
	/* What a page for search engines promises. */
	[W_GUIDE_ZH] =
		"方法要学会|步骤学会|步骤教|图文教程|教程详解|教程|一文告诉|一文带你|一文了解|"
		"一文搞懂|一文弄懂|流程一文|流程详解|流程图解|流程$|常见原因|原因汇总|解决方法|"
		"解决办法|操作步骤|设置方法|恢复方法|补缴方法|查询方法|使用方法|几种方法|"
		"方法有哪些|方法汇总|方法大全|作用是什么|特点是什么|区别是什么|作用有哪些|"
		"用途有哪些|区别有哪些|特点有哪些|分类有哪些|有什么区别|有什么作用|优缺点$|常识$|"
		"小知识$|小技巧$|如何领$|如何领取|怎么领取|怎么办理|一看就会|轻松搞定|#个步骤|"
		"#步搞定|#步学会|#招学会|技巧学会",
	[W_POLICE_ZH] =
		"警方|民警|公安|交警|消防|反诈|法院|检察|部门|央视|人大|国务院|工信部|教育部|教局|"
		"教育局|委员|两会|暂不|轮换|处罚|取消|调整|专家",

	/* ---- Chinese: bulletins of luck ---- */
	[W_SIGN_ZH] =
		"星座|十二星座|12星座|白羊座|金牛座|双子座|巨蟹座|狮子座|处女座|天秤座|天蝎座|"
		"射手座|摩羯座|水瓶座|双鱼座|生肖|属相|塔罗|今日运势|每日运势|本周运势|下周运势|"
		"一周运势|运势",
	[W_LUCK_ZH] =
		"运势|星座运|今日运势|财运|桃花运|事业运|运程|吉凶|转运|#月运|开运|大吉|走好运|"
		"行大运",
	[W_LOTTERY_ZH] =
		"双色球|大乐透|福彩3d|福彩|体彩|排列三|排列五|排列3|排列5|快乐8|七乐彩|七星彩|"
		"今彩539|大樂透|威力彩|六合彩|六合彩",
	[W_DRAW_ZH] =
		"第#期|#期|开奖结果|开奖公告|开奖号码|开奖信息|中奖号码|试机号|推荐号|预测|走势图|"
		"号码推荐|杀号|胆码|历史同期|前瞻",

	/* ---- Japanese ---- */
	[W_WEATHER_JA] =
		"あすの天気|明日の天気|今日の天気|きょうの天気|あさっての天気|週末の天気|週間天気|"
		"今夜の天気|来週の天気|今週の天気|連休の天気|休みの天気|日の天気|夜の天気|"
		"朝の天気|曜の天気|天気予報$|^天気予報|【天気】|全国の天気|東京の天気|関東の天気|"
		"地方の天気|天気概況|)の天気|の天気と気温|洗濯指数|ピンポイント天気|曜日の天気",
	[W_EVENT_JA] =
		"死|負傷|けが|被害|災害|避難|警報|台風|地震|津波|大雨特別|記録的|観測史上|過去最|"
		"初めて|今年初|土砂|氾濫|浸水|停電|運休|欠航|熱中症|救助|行方不明|会見|開発|"
		"サービス終了|株|規制|処分|行政|逮捕|提訴|判決|発表|金融庁|日銀|詐欺|違反|問題|"
		"新会社|買収|キャスター|気象庁長官|訴訟|上場|決算|値上げ|急増|調査|社長|アプリ|"
		"首相|政府|選挙|戦争|ウクライナ|政策|法案|改正|ワクチン|感染|大統領|国会|与党|"
		"野党|米国|中国|ロシア",
	[W_OFFER_JA] =
		"今だけ|初回半額|初回限定|初回#円|初回無料|期間限定価格|お試し価格|送料無料|"
		"#%オフ|#%off|無料モニター|限定クーポン|タイムセール",
	[W_GOODS_JA] =
		"青汁|サプリ|美容液|化粧水|化粧品|コスメ|ダイエット|健康食品|脱毛|育毛|シャンプー|"
		"酵素ドリンク|試してみた|使ってみた|飲んでみた|お取り寄せ",
	[W_FINANCE_JA] =
		"カードローン|キャッシング|即日融資|クレジットカード|住宅ローン|自動車ローン|"
		"消費者金融|がん保険|医療保険|生命保険|自動車保険|学資保険|火災保険|ペット保険|"
		"fx口座|証券口座|ネット証券|仮想通貨取引所|転職サイト|転職エージェント|格安sim|"
		"光回線|ウォーターサーバー|電力会社|引っ越し業者|買取業者|脱毛サロン",
	[W_COMPARE_JA] =
		"おすすめ比較|おすすめ#選|おすすめランキング|徹底比較|人気ランキング|"
		"ランキング#選|比較#選|選び方|必要?|見積もり|一括見積|評判・口コミ|口コミ・評判|"
		"口コミ評判|厳選#社|おすすめ#社|おすすめ$|比較$",
	[W_PICKS_JA] =
		"おすすめ人気ランキング|人気おすすめランキング|おすすめランキング#選|"
		"の選び方とおすすめ|おすすめ商品#選|買ってよかった#選|おすすめ掃除機#選",
	[W_WHAT_JA] = "とは?|とは|って何?|ってなに?|の意味は?|の意味とは|どういう意味",
	[W_PLAINLY_JA] =
		"わかりやすく解説|分かりやすく解説|わかりやすく説明|簡単に解説|初心者向け|"
		"初心者でも|使い方を解説|方法を解説|やり方を解説|手順を解説|手順を紹介|記入例|"
		"方法を紹介|方法まとめ|手順まとめ|必要書類|まとめ$|図解|徹底解説|変換方法|"
		"意味や使い方|意味と使い方|完全ガイド|基礎知識|を徹底解説|簡単にできる|"
		"スクリーンショット付き|画像付きで",
	[W_WAY_JA] =
		"する方法|のやり方|やり方は?|の方法は?|の使い方|の作り方|の書き方|の設定方法|"
		"設定方法|の手順|初期設定|の直し方|対処法|解決方法|復元方法|のやり方を|の始め方|"
		"の見分け方|の手続き|の申請方法|落とし方",

	/* ---- English ---- */
	[W_WEATHER_EN] =
		"today's weather|tonight's weather|tomorrow's weather|weekend weather|"
		"weather today|weather tomorrow|weather forecast|weather outlook|weather report|"
		"^weather:|^forecast:|today's forecast|tonight's forecast|tomorrow's forecast|"
		"weekend forecast|#-day forecast|seven-day forecast|local forecast|"
		"morning forecast|evening forecast|first alert forecast|first alert weather|"
		WEEKDAYS_EN("", "'s weather") "|" WEEKDAYS_EN("", "'s forecast") "|"
		WEEKDAYS_EN("", " forecast") "|" WEEKDAYS_EN("", " weather"),
	[W_SKY_LATIN] =
		"sunny|mostly sunny|partly sunny|cloudy|clouds|overcast|drizzle|showers|shower|"
		"rain|rainy|thunderstorms|thundershowers|t-storms|snow|snow showers|flurries|"
		"sleet|fog|foggy|breezy|windy|chance of|highs in the|highs near|highs around|"
		"high of|low of|lows in the|lows around|high near|clear skies|dry and|chilly|"
		"humid|warmer|cooler|colder|sunshine|#°|"
		/* German */
		"sonnig|sonne|wolkig|wolken|bewölkt|regen|regnerisch|schauer|schnee|schneefall|"
		"nebel|neblig|heiter|trocken|frost|frostig|grad|mild|milder|windig|gewitter|kühl|"
		"warm|nass|freundlich|aufheiterungen|niederschläge",
	[W_DAY_EN] =
		"today|tonight|tomorrow|this weekend|"
		WEEKDAYS_EN("", "") "|# january|# february|# march|# april|# may|# june|# july|"
		"# august|# september|# october|# november|# december|january #|february #|"
		"march #|april #|may #|june #|july #|august #|september #|october #|november #|"
		"december #",
	[W_HEAT_EN] =
		"highest #°|highest temperature|high of #|highs of #|low of #|lows of #|lowest #°|"
		"lowest temperature|highs near #|lows near #|highs around #|lows around #|"
		"high near #|low near #|high #°|low #°|highs in the|lows in the|"
		"temperatures up to #°|max #°|min #°|max. #°|min. #°",
	[W_ADVISORY_EN] =
		"wind advisory|fog advisory|dense fog advisory|frost advisory|freeze warning|"
		"heat advisory|winter weather advisory|lake wind advisory|rip current statement|"
		"small craft advisory|air quality alert|special weather statement|"
		"yellow weather warning|yellow wind warning|yellow rain warning|"
		"yellow fog warning|yellow ice warning|yellow snow warning|status yellow|"
		"hazardous weather outlook|beach hazards statement|wind chill advisory|"
		"blowing dust advisory",
	[W_FORCE_EN] =
		"issued|issued for|in effect|until|remains in effect|in place|in force|extended|"
		"for|expires|through",
	[W_EVENT_EN] =
		"dead|dies|died|deaths|death|killed|kill|kills|injured|missing|evacuat*|rescue*|"
		"flooding|floods|damage|damaged|destroy*|record*|historic|hurricane|tornado*|"
		"typhoon|cyclone|wildfire*|crash*|outage*|power|canceled|cancelled|cancels|closes|"
		"closed|delays|delayed|economy|economic|earnings|sales|profit|stocks|market|"
		"markets|retail*|blamed|climate|study|scientists|app|api|startup|show hn|ask hn|"
		"model|models|why|how|recession|growth|inflation|gdp|spending|revenue|jobs|"
		"housing|computing|emergency|strike*|deadly|worst|first|lawsuit|says|say|said",
	[W_COVER_EN] =
		"accident cover|life cover|accident insurance|life insurance|term life insurance|"
		"car insurance|auto insurance|home insurance|homeowners insurance|"
		"health insurance|pet insurance|travel insurance|renters insurance|"
		"dental insurance|personal loan|personal loans|payday loan|payday loans|car loan|"
		"student loan|auto loan|installment loans|student loans|car loans|auto loans|"
		"mortgage|mortgages|mortgage lenders|mortgage rates|refinance|balance transfer|"
		"credit card|credit cards|savings accounts|savings account|cd rates|bad credit|"
		"debt relief|debt consolidation|home warranty|heloc|heloc rates|brokerage accounts",
	[W_WORTH_EN] =
		"how much a day|how much a month|how much a year|how much does it cost|"
		"which plan is|which one is worth it|is it worth it?|worth it?|which is best?|"
		"how to choose|how do you choose|what to look for",
	[W_BEST_EN] =
		"^best|^the best|^cheapest|^the cheapest|^top #|^# best|^the # best|^lowest|"
		"^cheap|^affordable|^compare|^today's best|^how to get the best|^our best|"
		"^how much does|^how much is|^how much are|^get a|^get an|^get the best|"
		"^get cheap|^apply for|^apply now|^need a|^find the best|^find cheap|^save on|"
		"^save money on",
	[W_RATES_EN] =
		"of january|of february|of march|of april|of may|of june|of july|of august|"
		"of september|of october|of november|of december|rates|quotes|quote|compared|"
		"comparison|companies|company|providers|lenders|plans|policies|options|offers|"
		"of #|in #|for #|for bad credit|for good credit|deals|near me|this month|"
		"this week|today|accounts|cards|for beginners|for seniors|for students|"
		"no credit check|instant approval|in minutes|in # minutes|worth it|cost|costs|now|"
		"online",
	[W_CODE_EN] =
		"promo code|promo codes|coupon code|coupon codes|discount code|discount codes|"
		"voucher code|voucher codes|coupons and promo|coupon|coupons|referral code",
	[W_OFF_EN] =
		"#% off|$# off|up to #%|£# off|€# off|save #|save $#|save £#|save up to|"
		"for new customers|bonus|sign up offer|best deals|" "valid through|in bonus bets|"
		"bet $#",
	[W_WHAT_EN] =
		"^what is|^what's|^what are|^what does|^what do|^what is a|^what is an|"
		"^what is the|^whats",
	[W_EXPLAIN_EN] =
		"and how does it work|and why do you need|and do you need|and how do you|"
		"and how do i|and how can you|mean? a|mean? definition|beginner's guide|"
		"beginner guide|beginners guide|guide for beginners|definition, meaning|"
		"definition and examples|definition & examples|meaning and examples|"
		"explained simply|? basics|? a simple guide|? a simple explanation|? definition|"
		"? types|? pros and cons|and what is it used for|? what is it good for|"
		"? what is it used for|? what is it for|? what does it do|and what are its uses|"
		"the basics explained|explained for beginners|types, benefits|benefits and uses|"
		"uses and side effects|a complete guide|complete guide$|and how does it work? a",
	[W_HOW_EN] =
		"^how to reset|^how to factory reset|^how to change|^how to recover|"
		"^how to unlock|^how to unblock|^how to delete|^how to clear|^how to deactivate|"
		"^how to cancel|^how to uninstall|^how to log in|^how to log out|^how to sign in|"
		"^how to sign out|^how to pair|^how to screenshot|^how to take a screenshot|"
		"^how to convert|^how to restart|^how to reboot",
	[W_DEVICE_EN] =
		"router|router password|forgotten password|forgotten router|password|wi-fi|wifi|"
		"iphone|ipad|airpods|apple watch|apple id|apple tv|icloud|android phone|"
		"samsung galaxy|samsung phone|galaxy phone|chromebook|kindle|fire stick|firestick|"
		"roku|smart tv|xbox controller|ps4 controller|ps5 controller|printer|"
		"bluetooth headphones|gmail|gmail account|facebook account|instagram|"
		"instagram account|whatsapp|snapchat|tiktok account|netflix account|"
		"spotify account|outlook|yahoo mail|hotmail|windows 7|windows 8|windows 10|"
		"windows 11|browser cache|cookies|cache and cookies|voicemail|sim card|"
		"pdf to word|word to pdf|pdf to jpg|jpg to pdf|heic to jpg|decimal to binary|"
		"binary to decimal|hex to decimal|decimal to hex|hexadecimal to decimal|"
		"celsius to fahrenheit|fahrenheit to celsius|kg to pounds|pounds to kg|"
		"miles to kilometers|inches to centimeters|png to jpg|mp4 to mp3|youtube to mp3|"
		"browser history|search history",
	[W_BAIT_EN] =
		"you won't believe|based on your zodiac|are you based on|^can we guess|"
		"^we can guess|^can you guess|^how well do you|^are you more|^we know your|"
		"^we'll tell you|^tell us your|^do you remember the|character are you|"
		"that will make you|will make you laugh|that'll make you|guaranteed to make you|"
		"will restore your faith|that will blow your mind|what happens next will|"
		"what happened next will|^# insanely|^# hilarious|^# pictures that|^# photos that|"
		"^# tweets that|^# people who|^# things everyone|^# things you'll only|"
		"will determine which|we'll guess|everyone who grew up|anyone who grew up|"
		"know which one you",

	/* ---- German (folded: no umlauts' dots, ss) ---- */
	[W_WEATHER_DE] =
		"^wetter:|^wetter heute|^wetter morgen|^das wetter|^wetter in|^wetter am|"
		"wettervorhersage|^wetterbericht|^wetter für|wetterprognose|wetteraussichten|"
		"^so wird das wetter|wetter am wochenende|^wetter aktuell|^wetter",
	[W_EVENT_DE] =
		"tote|tot|toter|verletzt|verletzte|unwetter|schäden|schaden|klima|klimawandel|"
		"rekord*|orkan|hochwasser|überschwemmung*|katastrophe|evakuiert|studie|forscher|"
		"waldbrand|ausfall|ausfälle|gesperrt|einsatz|feuerwehr|vermisst|moderator*|"
		"wetterfrosch|experte*|warum|bahn|app|flug*|ernte",
	[W_COVER_DE] =
		"kfz-versicherung|autoversicherung|haftpflichtversicherung|hausratversicherung|"
		"zahnzusatzversicherung|krankenversicherung|rechtsschutzversicherung|"
		"tierversicherung|berufsunfähigkeitsversicherung|ratenkredit|ratenkredite|kredit|"
		"kredite|kreditkarte|kreditkarten|baufinanzierung|tagesgeld|festgeld|girokonto|"
		"girokonten|stromanbieter|handytarif|handytarife|mobilfunktarife|matratzen|depot",
	[W_COMPARE_DE] =
		"im vergleich|vergleich #|tarifvergleich|testsieger|die besten|der beste|"
		"das beste|beste|günstigste|günstigsten|jetzt vergleichen|jetzt sparen|im test:|"
		"bis zu #",
	[W_EXPLAIN_DE] =
		"einfach erklärt|so geht's$|so gehts$|so geht's ganz einfach|so klappt's$|"
		"schritt für schritt erklärt|anleitung in # schritten|diese hausmittel helfen",
};
