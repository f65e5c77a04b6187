export const EXIT_CODES_HELP = `
退出码 · exit codes
  0   如所要求 · done
  1   结果不如所要求：被拒、检查不过、预期不符 · ended otherwise: refused, a check failed, an expectation not met
  2   用法、脚本或配置有误 · wrong call, script or profile
  3   门店数据打不开：在用、损坏、密钥不对、磁盘满 · the shop's data cannot be opened
  70  程序缺陷 · a defect of this program
JSON 结果只写标准输出，给人看的话写标准错误 · JSON results go to stdout alone, words for people to stderr.
`

export const PRACTICE_HELP = `
标准输出一行 JSON：地址与公开密钥；Ctrl+C 结束 · one JSON line on stdout: addresses and well-known keys; Ctrl+C ends it
  url              网关 · gateway, for --platform
  addresses        各种网关的地址：csb、tif、token 与 sm、plain · the same province behind its other gateways
  localServiceUrl  本机凭证服务 · for --local-service
  booksUrl         中心账本，GET 并带请求头 _api_access_key · the province's books, GET with the header _api_access_key
  pageUrl          中心自己的页面：账本与往来报文 · the province's own page: its books and the messages as they pass
`

export const SELL_HELP = `
脚本 · script (JSON；示例 · example: electron/cli/examples/sale.json)
  credential     null 为自费 · null: self-paid; else one of
                 {"kind":"e-voucher","qr":"28 digits"}
                 {"kind":"id-card","idNumber":"…","name":"… 可省 · optional"}
                 {"kind":"social-card","cardNumber":"…"}
  insured        false：读了人也自费 · self-paid although somebody was read
  insuranceIndex 第几个险种，从 0 起 · which of the person's insurances
  purchaseType   {"kind":"pharmacy|chronic|two-disease|outpatient|special-drug","diseaseCode":"M03900"}
  items          [{"drugId":"P0010"} 或 · or {"search":"…只能找到一个药 · must find exactly one"}, "quantity":2, "split":true 拆零]
  scans          [{"code":"…", "answer":"open-pack|sell-anyway|add-drug|set-aside|open-carton|one-more|use-uncoded|pick-drug", "drugId":"P0010" 选药时 · for pick-drug, "expect":{"outcome":"accept","reason":"pack-ok"}}]
                 先 items 后 scans；没有 expect 时须为 accept 或 notice · items first; without expect a scan must be accepted
  tenders        [{"method":"cash|wechat|alipay|card","yuan":"20.00"|"due"}]，缺省现金恰好 · default: cash, exactly
  paper          "58" | "80"
  returnReason   给出则成交后整单退货 · when given the closed sale is returned as a whole (2103, 3506)
  expect         {"status":"closed","problem":"platform.refused","totalYuan":"…","fundYuan":"…","accountYuan":"…","cashYuan":"…"}
多写的键会被拒绝；金额为元 · unknown keys are refused; amounts are yuan.

结果 · result: {ok, status, problem{code,detail,zh,en}, differences[], verdicts[], trial, figures, tenders[], uploads[], story[], receipt{width,kind,text}, sale}（金额为分 · amounts in fen）
没成交的单会作废，追溯码放回 · a sale that does not come about is voided and its codes go back.
`

export const MAP_IMPORT_HELP = `
文件 · file (CSV, UTF-8 或 GB 18030，首行为列名，中英文皆可 · headed, in English or Chinese; 至多 64 MB)
  kind   trace-identifier | barcode | national-code | approval-number | base-code
         never-issued：发码方没有发放过的标识 · an identifier nobody ever issued; issued：撤去该标记 · takes that back
  value  编码：标识为 7 位、GTIN、MA 或 发码方/标识 · the code; an identifier is 7 digits, a GTIN, an MA identifier or ISSUER/identifier
  drug   本店商品号、医保编码、批准文号或条码，须只对应一个药 · our item number, NHSA code, approval number or barcode of exactly one item
  level  只用于标识：1 最小包装 2 中包装 3 箱，缺省 1 · of an identifier only: 1 smallest pack (default), 2 middle, 3 carton
  note   备注 · remark
药师确认过或撤销过的对码不会被文件改动，列为冲突 · what a pharmacist here confirmed or revoked is never overruled: it is listed as a conflict.
需要药师或店长 · needs a pharmacist or manager (--staff)。同一店的收银台须先关闭 · the till of this shop must be closed.
`

export const ALARM_IMPORT_HELP = `
名单 · list (CSV, UTF-8)
  code,source,told at
  89000011234567890123,市医保局协查通报 12 号,2026-11-20
  追溯码可带连字符；时间为 yyyy-MM-dd 或 yyyy-MM-dd HH:mm · codes may have hyphens; a date, or date and time, Shanghai
名单中本店有的盒立即锁定并报疑；在名单之前由本店售出的盒不记入，逐一列出（退出码 1）·
packs of this shop are locked and set aside at once; packs sold here before the list was told are left out and named (exit code 1).
`
