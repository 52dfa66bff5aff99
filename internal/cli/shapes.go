package cli

import (
	"encoding/json"
	"time"
)

// The parts of the API's answers that the commands show.

type personRef struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Handle string `json:"handle"`
	Zone   string `json:"zone"`
}

type personCard struct {
	personRef
	LocalTime string `json:"local_time"`
	Working   bool   `json:"working"`
	Reach     struct {
		Routine *time.Time `json:"routine"`
		Soon    *time.Time `json:"soon"`
	} `json:"reach"`
	Absence *struct {
		To string `json:"to"`
	} `json:"absence"`
}

type team struct {
	ID     string `json:"id"`
	Handle string `json:"handle"`
}

type space struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Handle string `json:"handle"`
}

type owed struct {
	Person personRef  `json:"person"`
	State  string     `json:"state"`
	Late   bool       `json:"late"`
	Due    *time.Time `json:"due"`
	Answer *struct {
		Value *string `json:"value"`
		Note  string  `json:"note"`
	} `json:"answer"`
}

type ask struct {
	ID          string `json:"id"`
	Kind        string `json:"kind"`
	Text        string `json:"text"`
	State       string `json:"state"`
	Thread      string `json:"thread"`
	ThreadTitle string `json:"thread_title"`
	Owed        []owed `json:"owed"`
	Answered    int    `json:"answered"`
	Needed      int    `json:"needed"`
}

type row struct {
	Key     string     `json:"key"`
	Group   string     `json:"group"`
	Kind    string     `json:"kind"`
	Title   string     `json:"title"`
	Context string     `json:"context"`
	Who     personRef  `json:"who"`
	Due     *time.Time `json:"due"`
	Path    string     `json:"path"`
	Ask     *ask       `json:"ask"`
}

type thread struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	State    string    `json:"state"`
	Space    space     `json:"space"`
	Posts    int       `json:"posts"`
	Unread   int       `json:"unread"`
	LastPost time.Time `json:"last_post_at"`
	Purpose  string    `json:"purpose"`
	Conclude *struct {
		Markdown string `json:"markdown"`
	} `json:"conclusion"`
}

type entry struct {
	ID       string    `json:"id"`
	Author   personRef `json:"author"`
	Markdown string    `json:"markdown"`
	At       time.Time `json:"created_at"`
	Asks     []ask     `json:"asks"`
}

type forecast struct {
	People []struct {
		Person      personRef `json:"person"`
		ReachLocal  string    `json:"reach_local"`
		DueLocal    string    `json:"due_local"`
		Unreachable bool      `json:"unreachable"`
	} `json:"people"`
	AllBy    *time.Time `json:"all_by"`
	Warnings []string   `json:"warnings"`
	Without  *struct {
		Person personRef  `json:"person"`
		AllBy  *time.Time `json:"all_by"`
	} `json:"without"`
	Page *forecastPage `json:"page"`
}

// raw keeps an answer whole for --json while its known parts are shown.
type raw[T any] struct {
	all   json.RawMessage
	known T
}

func (r *raw[T]) UnmarshalJSON(b []byte) error {
	r.all = append(r.all[:0], b...)
	return json.Unmarshal(b, &r.known)
}

// MarshalJSON gives the answer as it came; an answer without a body is null.
func (r raw[T]) MarshalJSON() ([]byte, error) {
	if len(r.all) == 0 {
		return []byte("null"), nil
	}
	return r.all, nil
}
