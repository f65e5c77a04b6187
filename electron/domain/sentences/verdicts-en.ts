import type { VerdictAnswer, VerdictReason } from '../../contract/scan.ts'
import type { Template } from './template.ts'

export const verdictsEn = {
  'pack-ok': ['For sale', '[{drugName}|This pack may be sold][ · lot {lotNumber}][ · expires {expiresOn}]', 'Added; scan the next'],
  'pack-ok-near-expiry': [
    'Near expiry',
    '[{drugName} · |][lot {lotNumber} · |]expires [{expiresOn}|soon][, {nearDays} days left][ · {also}]',
    'Added; tell the customer the expiry date',
  ],
  'pack-ok-lot-differs': [
    'Other lot',
    '[{drugName} · |]this pack’s lot[ {lotNumber}] is not the line’s lot[ {lineLotNumber}]',
    'Recorded under this pack’s lot; scan the next',
  ],
  'pack-ok-returned': [
    'Sold again',
    '[{drugName} · |]came back here once, neither expired nor recalled · may be sold again[ · lot {lotNumber}]',
    'Added; look whether the pack is intact',
  ],
  'pack-ok-provisional': [
    'To be reviewed',
    '[Taken for {drugName} by a link that waits for review|Identified by a link that waits for review][ · lot {lotNumber}]',
    'Added; check that pack and name agree',
  ],
  learned: ['Link noted', '[Noted as {drugName}|The link is noted][ (identifier {identifier})] · to be reviewed, used at once[ · expires in {nearDays} days, tell the customer]', 'Added; the quality manager reviews it in the code map'],
  'learned-outer': [
    'Outer noted',
    '[Noted as an outer pack of {drugName}|The outer pack is noted][ (identifier {identifier})] · to be reviewed',
    'An outer pack’s code is never sold: open it and scan the small packs',
  ],
  'received-by-scan': [
    'On the paper',
    '[{drugName} · |]on a delivery note[ ({document})], not received yet · it is received now',
    'Received and added; scan the next',
  ],
  'never-received-noted': ['Noted', '[{drugName} · |]this shop never received this pack · added and noted for reconciliation', 'Scan the next; enter the delivery before closing'],
  'one-more-ok': ['One more', '[{drugName} · |]one more pack on this line[, now {needed}]', 'Added; scan the next'],
  'drug-added': ['Added', '[{drugName}|The drug] was added', '[{next}|Go on scanning]'],
  'uncoded-ok': ['Uncoded stock', '[{drugName} · |]one pack taken from the uncoded list[, {packsLeft} left]', 'Added; scan the next'],
  'carton-opened': ['Carton opened', '[{drugName} · |]the[ {packs}] packs inside are on the shelf now', 'Scan each small pack to sell it'],
  'set-aside': ['Set aside', '[{drugName} · |]this pack is locked and reported as suspect; it is not sold', 'Put it [{place}|with the rejected goods] and take another pack; 2 adds photos and where it lies'],
  'split-pack-ok': ['Split pack', '[{drugName} · |]this pack is open[, {unitsLeft} left][ · {sent}]', 'Put on the split line; check the quantity, Enter'],
  'person-read': ['Read', 'The insured person’s credential was read', 'Check name and insurance; F4 chooses the purchase type'],
  'never-received': [
    'Not received',
    '[{drugName} · |]never received here · receiving was forgotten, or its origin is unclear',
    'Check the delivery note: Enter sells it anyway; when in doubt set it aside',
  ],
  'product-barcode': [
    'Product code',
    '[This is the product barcode of {drugName}|This is a product barcode this shop does not carry] · it does not stand for one pack',
    '[Enter adds {drugName}; then scan each pack’s trace code|Scan the trace code on the pack, or find the drug with F2]',
  ],
  'ecert-in-drug-step': [
    'E-voucher',
    'This is an insurance e-voucher, not a drug · neither shown nor recorded',
    'Enter reads the insured person; otherwise go on scanning',
  ],
  'ambiguous-identifier': [
    'Several drugs',
    'The identifier[ {identifier}] stands for more than one drug[: {candidates}] · nothing is guessed',
    'Check the pack: Enter lets you pick the drug, 2 sets it aside',
  ],
  'ambiguous-barcode': ['Several drugs', 'This barcode stands for more than one drug[: {candidates}] · nothing is guessed', 'Check the pack: Enter lets you pick the drug, Esc leaves it'],
  carton: [
    'A carton',
    '[{drugName} · |]this is the code of [an outer pack ({level})|an outer pack][ with {packs} packs] · a carton’s code is never sold',
    'Enter opens it and receives its packs, Esc leaves it closed',
  ],
  'count-over': ['Count is set', '[{drugName} · |]this line was set to[ {needed}] packs and has all its codes · this pack is one too many', 'Enter adds one more, Esc leaves it'],
  'product-without-code': [
    'No trace code',
    '[This is the product barcode of {drugName}|This is a product barcode] · [{why}|its trace codes are not required]',
    'Enter adds it, Esc leaves it',
  ],
  'uncoded-left': [
    'Uncoded stock',
    '[This is the product barcode of {drugName}|This is a product barcode] · the uncoded list holds[ {packsLeft}] packs without a trace code',
    'Enter if this pack has no trace code; 2 adds the drug, then scan its code',
  ],
  'unknown-code': [
    'Unknown',
    'This code belongs to no known trace-code rule · neither shown nor recorded',
    'Scan the trace code on the pack; if this is the only one, find the drug with F2',
  ],
  'unknown-issuer': [
    'Unknown issuer',
    'A trace code of no known issuer[ ({identifier})] · the pharmacist picks, the till remembers',
    '[The {needs} signs in and scans it again; 2 sets it aside|Check that it is printed on the pack: Enter lets you pick the drug, 2 sets it aside]',
  ],
  'open-split-pack': [
    'Open it?',
    '[{drugName} · |]this pack has not been opened[, it holds {unitsLeft}]',
    'Enter opens it for split sale, Esc leaves it whole',
  ],
  'in-this-sale': ['Repeat', '[{drugName} · |]this pack is in this sale already · it was not counted twice', 'Scan the next pack'],
  'in-another-sale': [
    'In another sale',
    '[{drugName} · |]this pack is in another open sale[ (receipt {receiptNumber})]',
    'Recall that sale with F6, or take another pack',
  ],
  'in-unconfirmed-sale': [
    'Unconfirmed',
    '[{drugName} · |]this pack’s sale waits for the platform[ (receipt {receiptNumber})] · it cannot be sold until the answer is known',
    'Take another pack; the result updates by itself',
  ],
  'sold-here': [
    'Sold',
    '[{drugName} · |]this pack was sold here[ at {soldAt}][ (receipt {receiptNumber})] · one pack has one sale record',
    'If it came back and was not registered, F7 registers the return; otherwise set it aside',
  ],
  'sold-elsewhere': [
    'Sold elsewhere',
    '[{drugName} · |]this pack has a sale record elsewhere[ (source: {source})] · it cannot be sold or settled',
    'Enter sets it aside and reports it; take another pack',
  ],
  expired: [
    'Expired',
    '[{drugName} · |][lot {lotNumber} · |]expired [on {expiresOn}|already][, {days} days ago][; this shop stops selling {lastSaleDaysBefore} days before][ (the books are at {booksDate}: check this till’s clock)] · expired drugs must not be sold',
    'Put it with the rejected goods and take another pack',
  ],
  recalled: [
    'Recalled',
    '[{drugName} · |]lot[ {lotNumber}] was recalled · it must not be sold',
    'Put it with the rejected goods, register it, take another pack',
  ],
  locked: ['Locked', '[{drugName} · |]this pack is locked · it cannot be sold until cleared', 'Set it aside for the quality manager and take another pack'],
  'wrong-level': [
    'Outer pack',
    '[{drugName} · |]this is the trace code of [an outer pack ({level})|an outer pack] · retail scans the smallest pack',
    'Open it and scan each small pack',
  ],
  'unknown-identifier': [
    'Not mapped',
    'Identifier[ {identifier}] maps to no drug here · the pharmacist picks, the till remembers',
    '[The {needs} signs in and scans it again; 2 sets it aside|Check the pack: Enter lets you pick the drug, 2 sets it aside]',
  ],
  'wrong-product': [
    'Other drug',
    'You scanned [{drugName}|another drug][; this line wants {wantedDrugName}] · not counted',
    'Check the pack[; {next}]',
  ],
  'never-received-refused': [
    'Not received',
    '[{drugName} · |]this shop never received this pack · here only received packs may be sold',
    'Receive it first, or take another pack; 2 sets it aside',
  ],
  'lot-unknown': [
    'Lot unknown',
    '[{drugName} · |]never received, and no lot tells its expiry · it cannot be sold',
    'Receive it first, or take another pack; 2 sets it aside',
  ],
  destroyed: ['Destroyed', '[{drugName} · |]this pack was recorded as destroyed here[ ({eventAt})] · it should not be at the counter', '2 sets it aside for the quality manager; take another pack'],
  transferred: [
    'Transferred',
    '[{drugName} · |]this pack left this shop[ ({eventAt})] · it is not this shop’s any more',
    'Check the transfer paper; if it came back receive it first, take another pack',
  ],
  'wrong-level-unknown-drug': [
    'Outer pack',
    'The code of [an outer pack ({level})|an outer pack]; its identifier[ {identifier}] maps to no drug here',
    'Open it and scan the small packs; if those are unknown too, pick the drug then',
  ],
  'carton-open': ['Carton is open', '[{drugName} · |]this carton was opened; its packs are on the shelf · a carton’s code is never sold', 'Scan each small pack'],
  'never-issued': [
    'Never issued',
    'The identifier[ {identifier}] was never given to any drug[ (source: {source})] · this code cannot be genuine',
    'Enter sets it aside for the quality manager; take another pack',
  ],
  'uncoded-empty': [
    'Uncoded list empty',
    '[{drugName} · |]nothing is left on the uncoded list · packs without a trace code can no longer be sold',
    'Scan this pack’s trace code; 2 adds the drug first',
  ],
  'split-pack-empty': ['Used up', '[{drugName} · |]nothing is left in this split pack', 'Take another pack'],
  'split-pack-of-whole': [
    'Already open',
    '[{drugName} · |]this pack is open[, {unitsLeft} left] · it cannot be sold as a whole pack',
    'Take a whole pack, or turn the line into a split one',
  ],
  'no-scan-needed': ['No scan needed', '[{drugName}|This drug] needs no trace code', 'Add it with F2'],
  'pieces-not-scanned': [
    'Decoction piece',
    '[{drugName}|This] is a decoction piece; its codes are not collected for now',
    'Add it with F2, weigh it, type the quantity',
  ],
  'payment-code': [
    'Payment code',
    'This is a payment code, which is not what this step needs · neither shown nor recorded',
    'Scan it when taking payment; go on with this step',
  ],
  'id-in-drug-step': ['ID card', 'This is an ID number, not a drug · neither shown nor recorded', 'To read the insured person press F3 and scan again'],
  'ecert-in-payment-step': [
    'E-voucher',
    'This is an insurance e-voucher, not a payment code · neither shown nor recorded',
    'Ask for the payment code, or take cash',
  ],
  'drug-in-person-step': [
    'Drug code',
    'This is the code of a drug or product, not a person’s credential',
    'Scan the e-voucher or ID card; Esc goes back to scanning drugs',
  ],
  'drug-in-payment-step': [
    'Drug code',
    'This is the code of a drug or product, not a payment code · this sale is being paid',
    'Finish the payment; sell this drug in the next sale',
  ],
  'shipping-label': ['Carton label', 'This is a shipping label, not a drug trace code', 'Scan the trace code on the pack'],
  placeholder: ['Filler code', 'This is a filler, not a drug trace code', 'Scan the trace code on the pack; if there is none, add the drug with F2'],
  invalid: [
    'Misread',
    '[{problem}|This code is incomplete or its check does not fit] · not counted',
    'Wipe and scan again; if it fails, type the digits printed on the pack',
  ],
  'gs1-ambiguous': [
    'Separator lost',
    'A GS1 code was read but where its fields end is unclear · a guess could sell the wrong pack; not counted',
    'Scan again; if it returns, F1 shows the scanner set-up card',
  ],
  'gs1-partial': ['Half a label', 'This is one half of a two-code label; the product part is missing', 'Scan the other code on the same label'],
  'identifier-only': [
    'No serial',
    '[{drugName} · |]a drug identifier without a serial · it does not stand for one pack',
    'Scan the whole trace code, or complete the 20 digits',
  ],
  'device-code': ['Device code', 'This identifies a device or consumable, not a drug pack', 'Add it by its product barcode or with F2'],
  'national-code': [
    'Catalogue code',
    'This is a catalogue code; it does not stand for one pack',
    'Scan the trace code on the pack, or find the drug by this code with F2',
  ],
  'social-card-needs-reader': [
    'Use the reader',
    'A social card is read by the card reader; a scanner cannot',
    'Insert the card, or scan the e-voucher or ID card',
  ],
  'not-a-person-code': ['No credential', 'This code is no person’s credential · not recorded', 'Scan the e-voucher or ID card; Esc goes back'],
  'not-a-payment-code': ['No payment code', 'This code is no payment code · not recorded', 'Ask for the payment code, or take cash'],
} satisfies Record<VerdictReason, Template>

export const answersEn = {
  'sell-anyway': ['Sell anyway', 'Its origin was checked; sell it as this shop’s goods', 'Adds it and records that (Enter)'],
  'pick-drug': ['Pick the drug', 'Find which drug this is; the link is noted', 'Picks (Enter)'],
  'open-carton': ['Open the carton', 'Opens it and receives its packs', 'Opens (Enter)'],
  'one-more': ['One more', 'Adds one pack to this line', 'Adds one (Enter)'],
  'use-uncoded': ['Uncoded list', 'Takes one pack from the uncoded list', 'Adds it (Enter)'],
  'add-drug': ['Add the drug', 'Adds this drug to the sale; its trace codes are scanned after', 'Adds one pack (Enter)'],
  'read-person': ['Read the person', 'Reads the insured person with this credential', 'Reads (Enter)'],
  'open-pack': ['Open the pack', 'Opens this pack and sells by smallest unit', 'Opens (Enter)'],
  'set-aside': ['Set aside', 'Locks this pack until the quality manager has looked', 'Locks; nothing is sold'],
} satisfies Record<VerdictAnswer, Template>
