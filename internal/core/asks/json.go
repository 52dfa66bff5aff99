package asks

import (
	"strconv"

	"example.org/meantime/internal/platform/web"
)

// AppendJSON writes an ask as encoding/json would. Inboxes and threads show many.
func (v *AskView) AppendJSON(b []byte) []byte {
	b = web.AppendText(b, `{"id":`, v.ID)
	b = web.AppendText(b, `,"thread":`, v.Thread)
	b = web.AppendText(b, `,"post":`, v.Post)
	b = web.AppendText(b, `,"thread_title":`, v.ThreadTitle)
	b = v.Space.AppendJSON(append(b, `,"space":`...))
	b = v.Asker.AppendJSON(append(b, `,"asker":`...))
	b = web.AppendText(b, `,"kind":`, v.Kind)
	b = web.AppendText(b, `,"text":`, v.Text)
	b = web.AppendText(b, `,"urgency":`, v.Urgency)
	b = web.AppendText(b, `,"reason":`, v.Reason)
	b = web.AppendText(b, `,"otherwise":`, v.Otherwise)
	b = web.AppendText(b, `,"window":`, v.Window)
	b = web.AppendTimeOrNull(b, `,"deadline":`, v.Deadline)
	b = v.Need.appendJSON(append(b, `,"need":`...))
	b = web.AppendTexts(b, `,"choices":`, v.Choices)
	b = web.AppendText(b, `,"silence":{"then":`, v.Silence.Then)
	b = web.AppendOrNull(b, `,"to":`, v.Silence.To)
	b = web.AppendText(b, `},"state":`, v.State)
	b = web.AppendText(b, `,"note":`, v.Note)
	b = web.AppendList(b, `,"owed":`, v.Owed)
	b = web.AppendInt(b, `,"answered":`, v.Answered)
	b = web.AppendInt(b, `,"needed":`, v.Needed)
	b = web.AppendTime(b, `,"created_at":`, v.CreatedAt)
	b = web.AppendTimeOrNull(b, `,"settled_at":`, v.SettledAt)
	b = web.AppendTimeOrNull(b, `,"last_due":`, v.LastDue)
	b = web.AppendText(b, `,"elsewhere":`, v.Elsewhere)
	return append(v.May.appendJSON(append(b, `,"may":`...)), '}')
}

// AppendJSON writes a space as encoding/json would.
func (v *SpaceView) AppendJSON(b []byte) []byte {
	b = web.AppendText(b, `{"id":`, v.ID)
	b = web.AppendText(b, `,"name":`, v.Name)
	return append(web.AppendText(b, `,"color":`, v.Color), '}')
}

// AppendJSON writes an addressee as encoding/json would.
func (v *OwedView) AppendJSON(b []byte) []byte {
	b = v.Person.AppendJSON(append(b, `{"person":`...))
	b = web.AppendText(b, `,"state":`, v.State)
	b = web.AppendBool(b, `,"late":`, v.Late)
	b = web.AppendTimeOrNull(b, `,"reach":`, v.Reach)
	b = web.AppendTimeOrNull(b, `,"due":`, v.Due)
	b = web.AppendTimeOrNull(b, `,"promised_at":`, v.PromisedAt)
	b = web.AppendOrNull(b, `,"answer":`, v.Answer)
	b = web.AppendText(b, `,"reason":`, v.Reason)
	b = web.AppendOrNull(b, `,"passed_to":`, v.PassedTo)
	b = web.AppendOrNull(b, `,"passed_by":`, v.PassedBy)
	b = web.AppendBool(b, `,"in_stead":`, v.InStead)
	return append(web.AppendTime(b, `,"changed_at":`, v.ChangedAt), '}')
}

// AppendJSON writes an answer as encoding/json would.
func (v *AnswerView) AppendJSON(b []byte) []byte {
	b = web.AppendTextOrNull(b, `{"value":`, v.Value)
	b = web.AppendText(b, `,"note":`, v.Note)
	b = web.AppendTextOrNull(b, `,"post":`, v.Post)
	return append(web.AppendTime(b, `,"at":`, v.At), '}')
}

func (m May) appendJSON(b []byte) []byte {
	b = web.AppendBool(b, `{"answer":`, m.Answer)
	b = web.AppendBool(b, `,"acknowledge":`, m.Acknowledge)
	b = web.AppendBool(b, `,"decline":`, m.Decline)
	b = web.AppendBool(b, `,"pass":`, m.Pass)
	b = web.AppendBool(b, `,"release":`, m.Release)
	b = web.AppendBool(b, `,"extend":`, m.Extend)
	b = web.AppendBool(b, `,"remind":`, m.Remind)
	return append(web.AppendBool(b, `,"undo":`, m.Undo), '}')
}

// appendJSON writes a number, or a word.
func (n Need) appendJSON(b []byte) []byte {
	if k, err := strconv.Atoi(string(n)); err == nil {
		return strconv.AppendInt(b, int64(k), 10)
	}
	return web.AppendText(b, "", string(n))
}
