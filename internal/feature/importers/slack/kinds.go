package slack

// fate is what becomes of a message.
type fate int

const (
	comesIn fate = iota
	staysOut
	noticeOnly // comes in when somebody replied to it
)

// fates says what becomes of each subtype, and the reason it is counted under. Subtypes
// that are not here come in and are counted as unknown.
var fates = map[string]struct {
	fate   fate
	reason string
}{
	"":                                {comesIn, ""},
	"bot_message":                     {comesIn, ""},
	"file_share":                      {comesIn, ""},
	"file_comment":                    {comesIn, ""},
	"file_mention":                    {comesIn, ""},
	"thread_broadcast":                {comesIn, ""},
	"me_message":                      {comesIn, ""},
	"slackbot_response":               {comesIn, ""},
	"message_changed":                 {comesIn, ""}, // unwrapped: the newest text is inside
	"assistant_app_thread":            {comesIn, ""},
	"channel_join":                    {noticeOnly, reasonJoins},
	"channel_leave":                   {noticeOnly, reasonJoins},
	"group_join":                      {noticeOnly, reasonJoins},
	"group_leave":                     {noticeOnly, reasonJoins},
	"app_conversation_join":           {noticeOnly, reasonJoins},
	"app_conversation_leave":          {noticeOnly, reasonJoins},
	"joiner_notification":             {noticeOnly, reasonJoins},
	"joiner_notification_for_inviter": {noticeOnly, reasonJoins},

	"channel_topic":               {noticeOnly, reasonSettings},
	"channel_purpose":             {noticeOnly, reasonSettings},
	"channel_name":                {noticeOnly, reasonSettings},
	"channel_archive":             {noticeOnly, reasonSettings},
	"channel_unarchive":           {noticeOnly, reasonSettings},
	"channel_convert_to_private":  {noticeOnly, reasonSettings},
	"channel_convert_to_public":   {noticeOnly, reasonSettings},
	"channel_posting_permissions": {noticeOnly, reasonSettings},
	"channel_canvas_updated":      {noticeOnly, reasonSettings},
	"tabbed_canvas_updated":       {noticeOnly, reasonSettings},
	"group_topic":                 {noticeOnly, reasonSettings},
	"group_purpose":               {noticeOnly, reasonSettings},
	"group_name":                  {noticeOnly, reasonSettings},
	"group_archive":               {noticeOnly, reasonSettings},
	"group_unarchive":             {noticeOnly, reasonSettings},
	"mpdm_move":                   {noticeOnly, reasonSettings},
	"bot_add":                     {noticeOnly, reasonSettings},
	"bot_remove":                  {noticeOnly, reasonSettings},
	"bot_enable":                  {noticeOnly, reasonSettings},
	"bot_disable":                 {noticeOnly, reasonSettings},
	"reminder_add":                {noticeOnly, reasonSettings},
	"reminder_delete":             {noticeOnly, reasonSettings},
	"ekm_access_denied":           {noticeOnly, reasonSettings},
	"pinned_item":                 {noticeOnly, reasonPins},
	"unpinned_item":               {noticeOnly, reasonPins},
	"huddle_thread":               {noticeOnly, reasonCalls},
	"sh_room_created":             {noticeOnly, reasonCalls},
	"sh_room_shared":              {noticeOnly, reasonCalls},
	"tombstone":                   {noticeOnly, reasonDeleted},
	"message_deleted":             {staysOut, reasonDeleted},
	"message_replied":             {staysOut, reasonTwice},
	"reply_broadcast":             {staysOut, reasonTwice},
	"hidden_by_limit":             {staysOut, reasonLimit},
}

// fateOf decides about one message by its head alone.
func fateOf(h *rawHead) (f fate, reason string, known bool) {
	if h.Type != "" && h.Type != "message" {
		return staysOut, reasonNoMessage, true
	}
	k, known := fates[h.Subtype]
	return k.fate, k.reason, known
}

// unwrap gives the message inside a record of an edit.
func (h *rawHead) unwrap() *rawHead {
	if h.Subtype == "message_changed" && h.Message != nil {
		inner := *h.Message
		if inner.ThreadTS == "" {
			inner.ThreadTS = h.ThreadTS
		}
		return &inner
	}
	return h
}

func (m *rawMessage) unwrap() *rawMessage {
	if m.Subtype == "message_changed" && m.Message != nil {
		inner := *m.Message
		if inner.ThreadTS == "" {
			inner.ThreadTS = m.ThreadTS
		}
		return &inner
	}
	return m
}

// empty says that there is nothing in a message to bring in.
func (h *rawHead) empty() bool {
	return !visible(h.Text) && !bool(h.Attachments) && !bool(h.Blocks) && h.File == nil && len(h.Files) == 0
}

// visible says whether a text has anything that can be seen.
func visible(s string) bool {
	for _, r := range s {
		if r > ' ' && r != 0x7f && r != 0xa0 && r != 0x200b && r != 0xfeff {
			return true
		}
	}
	return false
}

// root says which thread a message belongs to, by the time of its first message.
func (h *rawHead) root(ts int64) (root int64, reply bool) {
	if t, ok := h.ThreadTS.micros(); ok && t != ts {
		return t, true
	}
	return ts, false
}

// allFiles joins the old single file with the newer list.
func (h *rawHead) allFiles() []rawFile {
	if h.File == nil || h.Subtype == "file_comment" {
		return h.Files
	}
	return append([]rawFile{*h.File}, h.Files...)
}
