package asks

import (
	"bytes"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// Need is how many must answer: "all", "any", or a number. In JSON a number is a
// number.
type Need string

// MarshalJSON writes 2 for "2".
func (n Need) MarshalJSON() ([]byte, error) { return n.appendJSON(nil), nil }

// UnmarshalJSON reads a word or a number; what it means is checked later.
func (n *Need) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if len(b) > 0 && b[0] == '"' {
		var word string
		if err := json.Unmarshal(b, &word); err != nil {
			return err
		}
		*n = Need(word)
		return nil
	}
	*n = Need(b)
	return nil
}

// Schema describes both forms in the API's document.
func (Need) Schema(huma.Registry) *huma.Schema {
	one := 1.0
	return &huma.Schema{
		Description: "How many must answer: all, any, or a number.",
		OneOf: []*huma.Schema{
			{Type: huma.TypeString, Enum: []any{NeedAll, NeedAny}},
			{Type: huma.TypeInteger, Minimum: &one},
		},
	}
}
