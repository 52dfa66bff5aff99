package slack

import (
	"strings"
	"testing"
)

// Converting a text takes time in proportion to its length: these would take minutes if
// every mark looked for its partner in all that follows.
func TestHostileTextsAreConverted(t *testing.T) {
	for _, s := range []string{"*a ", "*a_b~c ", "`", "` a", "<", "<a", ":a", ":tada:", "```", "``` a", "&amp;", "&gt;", "_*~", "• a\n", "<@U1>", "\\", "> ", "*_~a~_* "} {
		n := 1 << 20 / len(s)
		if md, _ := small().markdown(strings.Repeat(s, n)); len(md) > 16<<20 {
			t.Errorf("%q grew to %d bytes", s, len(md))
		}
	}
}
