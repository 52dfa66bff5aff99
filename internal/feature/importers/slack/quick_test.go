package slack

import (
	"reflect"
	"testing"
)

// What is read quickly means what encoding/json says it means, and what is no JSON
// is refused alike.
func FuzzQuick(f *testing.F) {
	for _, s := range []string{
		`{"type":"message","user":"U1","ts":"1458980525.000012","text":"a \"b\" \\ \/ \n é \u00e9 \ud83d\ude00 \ud83d x"}`,
		`{"ts":1458980525,"text":null,"reply_count":2,"reactions":[{"name":"x","users":["U1"]}],"blocks":[{"type":"rich_text"}]}`,
		`{"text":"a","text":"b"}`, `{"Text":"a"}`, `{"text":1}`, `{"text":"a",}`, `{"text":"a"} x`, `{"text":"` + "\xff" + `"}`, `{}`, `[]`, `{"a":01}`, `{"a":-}`,
		`{"subtype":"message_changed","message":{"text":"in","blocks":[{}]},"edited":{"user":"U1","ts":"1458980525.000012"}}`,
		`{"files":[{"id":"F1","size":"12"}],"attachments":[{"text":"t"}],"pinned_to":["C1"],"blocks":{}}`, ` { "text" : "a" , "x" : [ 1 , { "y" : true } ] } `,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var quick, slow rawHead
		odd1, err1 := decodeHead(raw, &quick)
		odd2, err2 := decode(raw, &slow)
		if (err1 == nil) != (err2 == nil) || odd1 != odd2 || err2 == nil && !reflect.DeepEqual(quick, slow) {
			t.Errorf("%q as a head:\n got %+v %v %v\nwant %+v %v %v", raw, quick, odd1, err1, slow, odd2, err2)
		}
		var m, n rawMessage
		err1 = decodeMessage(raw, &m)
		_, err2 = decode(raw, &n)
		if err2 == nil {
			m.blocks()
			m.rawHead.Blocks, m.rawHead.Attachments = n.rawHead.Blocks, n.rawHead.Attachments
		}
		if (err1 == nil) != (err2 == nil) || err2 == nil && !reflect.DeepEqual(m, n) {
			t.Errorf("%q as a message:\n got %+v %v\nwant %+v %v", raw, m, err1, n, err2)
		}
	})
}
