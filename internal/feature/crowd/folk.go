package crowd

import (
	"fmt"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/worktime"
)

var givenNames = strings.Fields(`Aisha Akira Alma Amara Anders Anjali Ben Bruna Carlos Chidi Chloe Dana Diego Elif Emil Farid Fatima
Gita Hana Hugo Ines Ivan Jana Jonas Kaito Kofi Lars Leila Lena Liam Lin Lucia Mateo Maya Mei Milan Nadia Noah Nora Olga Omar
Pavel Petra Priya Rafael Rosa Sana Santi Sofia Tariq Tess Tomas Uma Vera Wanjiru Wei Yara Yusuf Zoe Zuri`)

var familyNames = strings.Fields(`Abara Alvarez Andersen Banda Berg Castro Chen Costa Dahl Das Diaz Eriksen Farah Fischer Garcia
Gupta Haddad Hansen Ibrahim Ito Jansen Kaya Khan Kim Kovac Kumar Lee Lima Lopez Maier Mensah Mori Mwangi Nakamura Ngo Novak Okafor
Oliveira Park Patel Petrov Rao Ricci Rossi Sato Schmidt Silva Singh Svensson Tan Tanaka Torres Usman Vargas Wang Weber Yilmaz Zhou`)

// zones are where people live, the most of them first.
var zones = strings.Fields(`Europe/Berlin America/New_York Asia/Kolkata America/Los_Angeles Europe/London America/Sao_Paulo Asia/Shanghai
Asia/Tokyo Europe/Paris America/Chicago Africa/Lagos Asia/Singapore Europe/Warsaw Australia/Sydney America/Mexico_City Asia/Taipei
Africa/Nairobi Europe/Lisbon Asia/Dubai America/Toronto Africa/Accra Asia/Seoul America/Bogota Europe/Kyiv Asia/Manila
Africa/Johannesburg Asia/Karachi America/St_Johns Asia/Kathmandu Pacific/Auckland Australia/Lord_Howe Pacific/Honolulu`)

var titles = strings.Split("Engineer,Designer,Product,Support,Sales,Writer,Finance,Operations,Research,Legal", ",")

// handle is what person i is called; it names nobody else.
func handle(i int) string {
	return strings.ToLower(givenNames[i%len(givenNames)]) + fmt.Sprint(i)
}

// person invents person i: one in a hundred is a guest.
func (g *generator) person(i int) people.NewPerson {
	family := familyNames[(i/len(givenNames)+i)%len(familyNames)]
	n := people.NewPerson{
		Name: givenNames[i%len(givenNames)] + " " + family, Handle: handle(i), Email: handle(i) + "@crowd.example",
		Role: actor.Member, Title: titles[g.r.IntN(len(titles))],
	}
	if i%100 == 99 {
		n.Role = actor.Guest
	}
	if i == Busy {
		n.Zone = "Europe/Berlin"
		return n
	}
	spec := g.week(zones[g.rank(len(zones))])
	n.Zone, n.Spec = spec.Zone, &spec
	return n
}

// week invents somebody's hours.
func (g *generator) week(zone string) worktime.Spec {
	all := worktime.Templates()
	t := all[0]
	if g.r.IntN(3) == 0 {
		t = all[g.r.IntN(len(all))]
	}
	spec := t.Spec
	spec.Zone = zone
	if zone == "Asia/Dubai" || g.r.IntN(50) == 0 { // Sunday to Thursday
		spec.Weekly["sun"] = spec.Weekly["mon"]
		delete(spec.Weekly, "fri")
	}
	if g.r.IntN(4) == 0 {
		spec.Checks = map[string][]string{"mon": {"09:30", "15:00"}, "wed": {"09:30", "15:00"}, "fri": {"09:30"}}
	}
	if g.r.IntN(5) == 0 {
		spec.Focus = map[string][]string{"tue": {"10:00-12:00"}, "thu": {"10:00-12:00"}}
	}
	if g.r.IntN(3) == 0 {
		spec.Holidays = []string{"2026-01-01", "2026-12-25", "2026-12-26", "2027-01-01"}
	}
	return spec
}
