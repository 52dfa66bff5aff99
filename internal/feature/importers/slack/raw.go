package slack

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// The shapes of Slack's files, as far as they are used. Exports of different years
// write numbers as strings, and nothing as null, "" or not at all.

type rawPerson struct {
	ID                string     `json:"id"`
	TeamID            string     `json:"team_id"`
	Name              string     `json:"name"`
	RealName          string     `json:"real_name"`
	TZ                string     `json:"tz"`
	Deleted           bool       `json:"deleted"`
	IsBot             bool       `json:"is_bot"`
	IsWorkflowBot     bool       `json:"is_workflow_bot"`
	IsAdmin           bool       `json:"is_admin"`
	IsOwner           bool       `json:"is_owner"`
	IsPrimaryOwner    bool       `json:"is_primary_owner"`
	IsRestricted      bool       `json:"is_restricted"`
	IsUltraRestricted bool       `json:"is_ultra_restricted"`
	Profile           rawProfile `json:"profile"`
}

type rawProfile struct {
	Name        string `json:"name"`
	RealName    string `json:"real_name"`
	DisplayName string `json:"display_name"`
	FirstName   string `json:"first_name"`
	Email       string `json:"email"`
	Title       string `json:"title"`
	BotID       string `json:"bot_id"`
	Team        string `json:"team"`
	Restricted  bool   `json:"is_restricted"`
	Ultra       bool   `json:"is_ultra_restricted"`
}

type rawChannel struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Created    stamp    `json:"created"`
	Creator    string   `json:"creator"`
	IsArchived bool     `json:"is_archived"`
	IsGeneral  bool     `json:"is_general"`
	IsPrivate  bool     `json:"is_private"`
	IsMPIM     bool     `json:"is_mpim"`
	Members    []string `json:"members"`
	Topic      rawText  `json:"topic"`
	Purpose    rawText  `json:"purpose"`
	Pins       []rawPin `json:"pins"`
}

type rawText struct {
	Value string `json:"value"`
}

type rawPin struct {
	ID string `json:"id"`
}

// rawHead is what the first reading needs to know of a message.
type rawHead struct {
	Type        string      `json:"type"`
	Subtype     string      `json:"subtype"`
	TS          stamp       `json:"ts"`
	ThreadTS    stamp       `json:"thread_ts"`
	ReplyCount  int         `json:"reply_count"`
	User        string      `json:"user"`
	BotID       string      `json:"bot_id"`
	Username    string      `json:"username"`
	Text        string      `json:"text"`
	BotProfile  *rawBot     `json:"bot_profile"`
	UserProfile *rawProfile `json:"user_profile"`
	Comment     *rawComment `json:"comment"`
	File        *rawFile    `json:"file"`
	Files       []rawFile   `json:"files"`
	Attachments present     `json:"attachments"`
	Blocks      present     `json:"blocks"`
	Reactions   []rawReact  `json:"reactions"`
	Message     *rawHead    `json:"message"`
	PinnedTo    []string    `json:"pinned_to"`
}

// rawMessage is what the second reading turns into a Message.
type rawMessage struct {
	rawHead
	Message     *rawMessage     `json:"message"`
	Edited      *rawEdited      `json:"edited"`
	Attachments []rawAttachment `json:"attachments"`
	Blocks      []rawBlock      `json:"blocks"` // see blocks
	later       []byte          // blocks that are not decoded yet
}

type rawBot struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type rawComment struct {
	User    string `json:"user"`
	Comment string `json:"comment"`
}

type rawEdited struct {
	User string `json:"user"`
	TS   stamp  `json:"ts"`
}

type rawReact struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
}

type rawFile struct {
	ID                 string      `json:"id"`
	Name               string      `json:"name"`
	Title              string      `json:"title"`
	Mimetype           string      `json:"mimetype"`
	Mode               string      `json:"mode"`
	FileAccess         string      `json:"file_access"`
	IsExternal         bool        `json:"is_external"`
	Size               int64       `json:"size"`
	URLPrivate         string      `json:"url_private"`
	URLPrivateDownload string      `json:"url_private_download"`
	Permalink          string      `json:"permalink"`
	Preview            string      `json:"preview"`
	InitialComment     *rawComment `json:"initial_comment"`
}

// present notes that a list has something in it, and keeps nothing of it.
type present bool

// UnmarshalJSON never fails: null, "", [] and {} are nothing.
func (p *present) UnmarshalJSON(b []byte) error {
	*p = present(len(b) > 2 && string(b) != "null")
	return nil
}

// stamp is a time of Slack's as written: "1458980525.000012", a number, or empty.
type stamp string

// UnmarshalJSON takes a string or a number and never fails.
func (s *stamp) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) != nil && string(b) != "null" {
		text = string(b)
	}
	*s = stamp(text)
	return nil
}

// micros gives microseconds since 1970. False when the stamp is no time of Slack's,
// whose first message was written in 2013 and whose stamps have ten digits.
func (s stamp) micros() (int64, bool) {
	whole, part, _ := strings.Cut(string(s), ".")
	if len(whole) == 0 || len(whole) > 11 || len(part) > 6 || whole[0] == '-' || whole[0] == '+' {
		return 0, false
	}
	sec, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || sec == 0 {
		return 0, false
	}
	micro, err := strconv.ParseUint((part + "000000")[:6], 10, 32)
	if err != nil {
		return 0, false
	}
	return int64(sec)*1_000_000 + int64(micro), true
}

// time gives the instant in UTC, zero when there is none.
func (s stamp) time() time.Time {
	at, ok := s.micros()
	if !ok {
		return time.Time{}
	}
	return time.UnixMicro(at).UTC()
}

// keyOf writes microseconds as Slack writes a message's time stamp.
func keyOf(micros int64) string {
	digits := strconv.FormatInt(micros%1_000_000+1_000_000, 10)[1:]
	return strconv.FormatInt(micros/1_000_000, 10) + "." + digits
}
