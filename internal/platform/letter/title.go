package letter

import (
	"strings"
)

// prefixes are what mail programs write before the subject of an answer or a forward,
// in the languages they speak.
var prefixes = strings.Join([]string{
	`re`, `r`, `fwd?`, `aw`, `antw(?:ort)?`, `wg`, `wtr?`, `tr`, `rif`, `i`, `ref`, `rv`, `res`, `enc`,
	`sv`, `vs`, `vb`, `vl`, `videresendt`, `odp`, `pd`, `ynt`, `ilt`, `vá`, `továbbítás`, `fs`, `bls`, `trs`,
	`atb`, `rép`, `réf`, `doorst`, `betr`, `σχετ`, `απ`, `προθ`, `πρθ`, `hl`,
	`на`, `отв(?:ет)?`, `пересл`, `відп`, `пер`, `تح`, `رد`, `إعادة توجيه`, `השב`, `הועבר`, `תגובה`,
	`回复`, `回覆`, `答复`, `转发`, `轉寄`, `返信`, `転送`, `회신`, `전달`, `답장`, `trả lời`, `chuyển tiếp`, `balas`,
}, "|")

var (
	again   = later(`(?i)^\s*(?:` + prefixes + `)(?:\s*(?:[\[(]\d{1,3}[\])]|[\^*]\d{1,3}))?\s*(?:[:：;]|--)[\s:：]*`)
	emptied = later(`(?i)^\s*\[\s*(?:` + prefixes + `)\s*[:：]\s*\]`)
	wrapped = later(`(?i)^\s*\[\s*((?:` + prefixes + `)\s*[:：].*)\]$`)
	marked  = later(`(?i)^\s*\((?:fwd?|re)\)\s*`)
	behind  = later(`(?i)\s*\((?:fwd?|re)\)\s*$`)
	alone   = later(`(?i)^(?:re|fwd?|aw|wg|tr|sv)$`)
	outside = later(`(?i)^\s*[\[(]\s*(?:ext|external|extern|externe|externo)\s*(?:mail|email|e-mail|sender)?\s*[\])][\s:]*`)
)

// Title is a subject without the Re:, Fwd: and their like that mail programs put
// before it and behind it.
func Title(subject string) string {
	s := strings.TrimSpace(subject)
	for range 30 { // each turn takes something off; a subject has rarely three
		before := s
		s = wrapped.ReplaceAllString(s, "$1")
		for _, r := range []*pattern{again, emptied, marked, behind, outside} {
			s = r.ReplaceAllString(s, "")
		}
		if s = strings.TrimSpace(s); s == before {
			break
		}
	}
	return alone.ReplaceAllString(s, "")
}
