// Package agreements keeps what each team agreed on about working together: response
// windows by kind of ask, check times, the hours within which its members let
// themselves be interrupted, who may ask urgently, and when nobody meets. It is one
// page whose fields are the settings; every change is a version with its author and
// reason, and reaches the members with their next digest.
package agreements

import (
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// EventChanged is the one kind of event here; its subject is the new version.
var EventChanged = event.Declare("agreements.changed", "A team's working agreement changed, was restored or begun; concerns its members.")

// Who may ask a team urgently.
const (
	Anyone  = "anyone"
	Members = "members" // of the team, and admins
	Admins  = "admins"
)

// Fields are what is agreed, as settings. What is empty is not agreed on.
type Fields struct {
	Windows     map[asks.Kind]string `json:"windows,omitempty"`      // response windows by kind: "4h", "1d"
	Checks      []string             `json:"checks,omitempty"`       // suggested check times: "09:30"
	Quiet       *Bounds              `json:"quiet,omitempty"`        // set by admins
	Urgent      Urgent               `json:"urgent,omitzero"`        // who may, how often, and the rule in words
	MeetingFree map[string][]string  `json:"meeting_free,omitempty"` // weekday → ranges on each member's own clock
	Spaces      []id.ID              `json:"spaces,omitempty"`       // where the agreement holds
}

// Bounds are between which clock times, on their own clock, members may have hours.
type Bounds struct {
	Earliest string `json:"earliest"` // "07:00"
	Latest   string `json:"latest"`   // "20:00"
}

// Urgent says when something may be asked of the team urgently.
type Urgent struct {
	Who      string `json:"who,omitempty"`       // Anyone when empty
	PerMonth int    `json:"per_month,omitempty"` // 0: no number was agreed
	Rule     string `json:"rule,omitempty"`
}

// Version is an agreement as it was written once.
type Version struct {
	WorkspaceID id.ID
	ID          id.ID
	Team        id.ID `db:"team_id"`
	Version     int64 // from 1; 0 is a team that has agreed on nothing yet
	Fields      db.JSON[Fields]
	Prose       string // Markdown
	Reason      string
	Restored    int64 // the version that this one brought back; 0 for none
	Author      id.ID `db:"author_id"`
	At          clock.Instant
}

// Service keeps agreements.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
}

// New makes the service.
func New(d *db.DB, p *people.Service, sp *spaces.Service) *Service {
	return &Service{db: d, people: p, spaces: sp}
}

func versionRef(x id.ID) event.Ref { return event.Ref{Kind: "agreement", ID: x} }
