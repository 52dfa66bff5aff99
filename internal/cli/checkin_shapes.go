package cli

import (
	"encoding/json"
	"time"
)

// The parts of check-ins that the commands show.

type checkin struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Space struct {
		Name string `json:"name"`
	} `json:"space"`
	State string `json:"state"`
	Words string `json:"rhythm_words"`
	Asked int    `json:"asked"`
	My    struct {
		Turn   string     `json:"turn"`
		NextAt *time.Time `json:"next_at"`
	} `json:"my"`
}

type checkinQuestion struct {
	Key     string   `json:"key"`
	Kind    string   `json:"kind"`
	Text    string   `json:"text"`
	Choices []string `json:"choices"`
	Unit    string   `json:"unit"`
}

type checkinTurn struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Date      string            `json:"date"`
	DueAt     *time.Time        `json:"due_at"`
	State     string            `json:"state"`
	Questions []checkinQuestion `json:"questions"`
	Did       []struct {
		Words string `json:"words"`
	} `json:"did"`
	Waiting []checkinBlocker `json:"waiting"`
}

type checkinBlocker struct {
	ID     string     `json:"id"`
	Person personRef  `json:"person"`
	Words  string     `json:"words"`
	For    *personRef `json:"for"`
}

type checkinEntry struct {
	Date     string     `json:"date"`
	Late     bool       `json:"late"`
	EditedAt *time.Time `json:"edited_at"`
	Nothing  bool       `json:"nothing"`
	Said     []struct {
		Asked  string   `json:"asked"`
		Text   string   `json:"text"`
		Number *float64 `json:"number"`
		Yes    *bool    `json:"yes"`
	} `json:"said"`
	Blockers []checkinBlocker `json:"blockers"`
}

type checkinReport struct {
	Name     string `json:"name"`
	Date     string `json:"date"`
	Answered int    `json:"answered"`
	Asked    *int   `json:"asked"`
	People   []struct {
		Person  personRef      `json:"person"`
		Latest  checkinEntry   `json:"latest"`
		Earlier []checkinEntry `json:"earlier"`
	} `json:"people"`
	Waiting []checkinBlocker `json:"waiting"`
}

type checkinDue struct {
	Turn    string     `json:"turn"`
	Checkin string     `json:"checkin"`
	Name    string     `json:"name"`
	Date    string     `json:"date"`
	DueAt   *time.Time `json:"due_at"`
}

// checkinWhole is a check-in with what can be changed of it.
type checkinWhole struct {
	checkin
	Version       int64           `json:"version"`
	Purpose       string          `json:"purpose"`
	BlockerWindow string          `json:"blocker_window"`
	Hidden        bool            `json:"hidden"`
	Questions     []question      `json:"questions"`
	Rhythm        json.RawMessage `json:"rhythm"`
	Owner         personRef       `json:"owner"`
	People        []personRef     `json:"people"`
	Team          *struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"team"`
	PauseUntil string `json:"pause_until"`
	Outcome    string `json:"outcome"`
	Thread     string `json:"thread"`
}
