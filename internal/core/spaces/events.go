package spaces

import "example.org/meantime/internal/platform/id"

// Posted is the data of spaces.posted and spaces.post_edited.
type Posted struct {
	Post     id.ID   `json:"post"`
	Excerpt  string  `json:"excerpt"`  // at most 200 characters of plain text
	Mentions []id.ID `json:"mentions"` // people named, teams taken apart; after an edit only those who are new
	Info     bool    `json:"info"`
}

// Opened is the data of spaces.thread_opened.
type Opened struct {
	Title string `json:"title"`
}

// ThreadChanged is the data of spaces.thread_changed; what did not change is empty.
type ThreadChanged struct {
	Title     string `json:"title,omitempty"`
	Purpose   bool   `json:"purpose,omitempty"`
	Pinned    *bool  `json:"pinned,omitempty"`
	FromSpace id.ID  `json:"from_space,omitzero"`
}

// Concluded is the data of spaces.thread_concluded.
type Concluded struct {
	Excerpt string `json:"excerpt"`
	Note    id.ID  `json:"note"` // the line in the thread that says so
}

// Reopened is the data of spaces.thread_reopened.
type Reopened struct {
	Reason string `json:"reason"`
	Note   id.ID  `json:"note"`
}

// Reacted is the data of spaces.reacted.
type Reacted struct {
	Emoji string `json:"emoji"`
	On    bool   `json:"on"` // false: taken back
}

// Imported is the data of spaces.imported: what one batch brought into a space, or,
// where the subject is a thread, into that thread.
type Imported struct {
	Opened  bool    `json:"opened"`            // the subject itself is new, a thread
	Threads []id.ID `json:"threads,omitempty"` // that are new, when the subject is a space
	Posts   []id.ID `json:"posts"`             // that are new
	Changed []id.ID `json:"changed,omitempty"` // posts that were there
}

// Pinned is the data of spaces.post_pinned.
type Pinned struct {
	On bool `json:"on"`
}

// Position is the data of spaces.position_changed.
type Position struct {
	What string `json:"what"` // follow, mute, saved or read
	On   bool   `json:"on"`
}
