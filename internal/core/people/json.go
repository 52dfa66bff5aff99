package people

import "example.org/meantime/internal/platform/web"

// AppendJSON writes a person as encoding/json would.
func (p *PersonRef) AppendJSON(b []byte) []byte {
	b = web.AppendText(b, `{"id":`, p.ID)
	b = web.AppendText(b, `,"name":`, p.Name)
	b = web.AppendText(b, `,"handle":`, p.Handle)
	b = web.AppendText(b, `,"zone":`, p.Zone)
	b = web.AppendBool(b, `,"bot":`, p.Bot)
	b = web.AppendBool(b, `,"removed":`, p.Removed)
	return append(b, '}')
}
