package attention

import "example.org/meantime/internal/platform/web"

// AppendJSON writes a page as encoding/json would: a hundred kilobytes of it are the
// largest part of what an inbox costs.
func (v Inbox) AppendJSON(b []byte) []byte {
	b = web.AppendList(b, `{"items":`, v.Items)
	b = web.AppendText(b, `,"next":`, v.Next)
	b = web.AppendInt(b, `,"counts":{"owe":`, v.Counts.Owe)
	b = web.AppendInt(b, `,"owed":`, v.Counts.Owed)
	b = web.AppendInt(b, `,"info":`, v.Counts.Info)
	b = web.AppendInt(b, `,"snoozed":`, v.Counts.Snoozed)
	return append(web.AppendText(b, `},"line":`, v.Line), '}')
}

// AppendJSON writes a row as encoding/json would.
func (v *Row) AppendJSON(b []byte) []byte {
	b = web.AppendText(b, `{"key":`, v.Key)
	b = web.AppendText(b, `,"group":`, v.Group)
	b = web.AppendText(b, `,"kind":`, v.Kind)
	b = web.AppendText(b, `,"title":`, v.Title)
	b = web.AppendText(b, `,"context":`, v.Context)
	b = web.AppendText(b, `,"excerpt":`, v.Excerpt)
	b = v.Who.AppendJSON(append(b, `,"who":`...))
	b = v.Space.AppendJSON(append(b, `,"space":`...))
	b = web.AppendText(b, `,"path":`, v.Path)
	b = web.AppendTimeOrNull(b, `,"due":`, v.Due)
	b = web.AppendOrNull(b, `,"ask":`, v.Ask)
	b = web.AppendTime(b, `,"changed_at":`, v.ChangedAt)
	b = web.AppendBool(b, `,"delivered":`, v.Delivered)
	b = web.AppendTimeOrNull(b, `,"snoozed_until":`, v.SnoozedUntil)
	b = web.AppendBool(b, `,"may":{"done":`, v.May.Done)
	b = web.AppendBool(b, `,"snooze":`, v.May.Snooze)
	return append(web.AppendBool(b, `,"answer":`, v.May.Answer), "}}"...)
}
