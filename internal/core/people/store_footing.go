package people

// FootingColumns are the columns of a Footing, for a query that JoinFooting is
// part of.
const FootingColumns = `COALESCE(person.role, '') AS role, COALESCE(person.state, '') AS state, person.guest_until, COALESCE(named.version, 0) AS names`

// JoinFooting joins the footing of a person to the row of a table that names them by
// workspace_id and person_id: whoever knows somebody by a token asks for both at once,
// and these tables are still named here alone.
func JoinFooting(table string) string {
	return `
		LEFT JOIN people_persons person ON person.workspace_id = ` + table + `.workspace_id AND person.person_id = ` + table + `.person_id
		LEFT JOIN people_workspaces named ON named.workspace_id = ` + table + `.workspace_id`
}
