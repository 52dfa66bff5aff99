package demo

import (
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/worktime"
)

// Password signs anybody of the demo company in.
const Password = "meantime"

// Character is somebody of the demo company.
type Character struct {
	Name, Handle, Title, Place, Zone string
	Role                             actor.Role
	Hours                            worktime.Spec // its zone is filled in
}

// Email is how a character signs in.
func (c Character) Email() string { return c.Handle + "@northwind.example" }

func weekdays(ranges ...string) map[string][]string {
	out := map[string][]string{}
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri"} {
		out[day] = ranges
	}
	return out
}

func days(span string, list ...string) map[string][]string {
	out := map[string][]string{}
	for _, day := range list {
		out[day] = []string{span}
	}
	return out
}

// Cast is the demo company: twelve people in twelve zones, each with hours of their own.
var Cast = []Character{
	{
		Name: "Ana Lima", Handle: "ana", Title: "Head of product", Place: "Lisbon", Zone: "Europe/Lisbon", Role: actor.Owner,
		Hours: worktime.Spec{Weekly: weekdays("09:30-13:00", "14:00-17:30"), Checks: weekdays("09:30", "14:00")},
	},
	{
		Name: "Kofi Mensah", Handle: "kofi", Title: "Support lead", Place: "Accra", Zone: "Africa/Accra", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("08:00-16:30")},
	},
	{
		Name: "Mei Tanaka", Handle: "mei", Title: "Platform engineer", Place: "Taipei", Zone: "Asia/Taipei", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("09:00-12:00", "13:00-18:00"), Focus: days("10:00-12:00", "tue", "thu")},
	},
	{
		Name: "Priya Nair", Handle: "priya", Title: "Engineering lead", Place: "Bengaluru", Zone: "Asia/Kolkata", Role: actor.Admin,
		Hours: worktime.Spec{Weekly: weekdays("10:00-18:30")},
	},
	{
		Name: "Tomás Rey", Handle: "tomas", Title: "People and handbook", Place: "Madrid", Zone: "Europe/Madrid", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("08:30-14:00", "16:00-18:30")},
	},
	{
		Name: "Jonas Weber", Handle: "jonas", Title: "Designer", Place: "Berlin", Zone: "Europe/Berlin", Role: actor.Member,
		Hours: worktime.Spec{Weekly: days("09:00-17:00", "mon", "tue", "wed", "thu")},
	},
	{
		Name: "Sara Haddad", Handle: "sara", Title: "Research", Place: "Beirut", Zone: "Asia/Beirut", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("07:00-15:00")},
	},
	{
		Name: "Liam Okafor", Handle: "liam", Title: "Infrastructure", Place: "New York", Zone: "America/New_York", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("09:00-17:00")},
	},
	{
		Name: "João Alves", Handle: "joao", Title: "Data", Place: "São Paulo", Zone: "America/Sao_Paulo", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("10:00-19:00")},
	},
	{
		Name: "Omar Nasser", Handle: "omar", Title: "Billing", Place: "Cairo", Zone: "Africa/Cairo", Role: actor.Member,
		Hours: worktime.Spec{Weekly: days("09:00-17:00", "sun", "mon", "tue", "wed", "thu")},
	},
	{
		Name: "Grace Kim", Handle: "grace", Title: "Customer success", Place: "Los Angeles", Zone: "America/Los_Angeles", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("08:30-16:30"), Checks: weekdays("08:30", "13:00")},
	},
	{
		Name: "Hana Wiremu", Handle: "hana", Title: "Quality", Place: "Auckland", Zone: "Pacific/Auckland", Role: actor.Member,
		Hours: worktime.Spec{Weekly: weekdays("08:30-12:00", "13:00-16:30"), Focus: days("09:00-11:30", "wed")},
	},
}

// everyone is the handles of the cast.
func everyone() (out []string) {
	for _, c := range Cast {
		out = append(out, c.Handle)
	}
	return out
}

func (c Character) spec() *worktime.Spec {
	s := c.Hours
	s.Zone = c.Zone
	return &s
}
