package invented

func english() *words {
	return &words{
		tag: "en", and: " and ", dayForm: "%[2]s %[1]d, %[3]d", monthForm: "%s %d",
		months:    [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		topics:    split("coastal shipping|rural electricity|water pricing|the grain reserve|teacher pay|port security|seasonal labour|forest certification|rail freight|small-arms tracing|household debt|public broadcasting|vaccine supply|land registration|mine clearance|river navigation|school meals|cyber insurance|fisheries quotas|municipal bonds|border trade|prison health|satellite licensing|heat planning"),
		places:    split("the Lower Valley|Northmark|the Straits|Eastern Harbour|the Highlands|Port Meridian|the Lake Region|West Aldane"),
		titles:    split("The Future of {t}|Who Pays for {t}?|Rethinking {t} in {p}|{T} after the Storm|Seven Questions about {t}|Beyond {t}|A Framework for {t} in {p}|{T}: Lessons from {p}|{T} and the Limits of Cooperation|Managing {t} to {y}|What {p} Can Learn from {t}|Building Trust in {t}|{T} in {p}|Out of Balance|Closing the Gap in {t}|Making {t} Work for {p}"),
		subtitles: split("Options for Decision Makers|A Review of the Evidence|Findings from Twelve Interviews|What Changed and Why|Three Scenarios to {y}|An Assessment of Costs"),
		sentences: split("Public debate about {t} has changed markedly over the past decade.|In {p}, officials still rely on rules that were written for another time.|The cost of delay falls on those who have the least influence over {t}.|This study draws on interviews with forty practitioners and on budget records.|Most of the proposals that were made in 2004 and 2007 were never carried out.|A common register would allow agencies to see where {t} fails.|Our findings suggest that modest reforms would bring most of the benefit.|The evidence is weaker than its advocates admit, and more data are needed.|Regional bodies have tried to fill the gap, with mixed success.|By {y} the present arrangements will no longer be affordable.|Several governments have opposed binding rules on {t} and prefer guidance.|The authors of earlier work, among them Carter and Osei, reached another view."),
		given:     split("Helen|Martin|Priya|Oluwaseun|Deborah|Thomas J.|Aiko|Graham|Lucy|Samuel|R. K.|Fiona|Peter|Mary-Anne|Daniel"),
		family:    split("Whitcombe|Adeyemi|O’Leary|van der Meer|Castellan|Ferris|Nakagawa|Thornbury|McAllister|Haddad|Sandoval|Pembroke|Iyer|Blackwood|Novak"),
		states:    split("Republic of Aldane|Kingdom of Northmark|Commission on River Navigation|Delegation of Meridia"),
		clients:   split("Ministry of Transport of Aldane|Northmark Development Fund|Office of the Harbour Ombudsman"),
		series:    split("Policy Brief|Working Paper|Occasional Paper|Discussion Paper|Strategic Note"),
		houses: houseList(`Meridian Institute for Public Policy;MIPP;meridianpolicy.org;14 Quay Street, Port Meridian
Aldane National Audit Office;ANAO;audit.aldane.org;Court Square, Aldane
Foundation for Coastal Studies;FCS;coastalstudies.org;2 Beacon Road, Eastern Harbour
Redwall Security;RWS;redwall-security.com;Suite 400, 11 Mill Lane, Northmark
Hartwell University Centre for Rural Economics;HUCRE;rural.hartwell.edu;Hartwell Campus, West Aldane`),
		rights: []rightsWords{
			{"all-rights-reserved", "© {y} {h}. All rights reserved."}, {"copyright", "© {h} {y}"},
			{"cc-by-4.0", "© {y} {h}. This work is licensed under a Creative Commons Attribution 4.0 International License."},
			{"public-domain", "This publication is in the public domain and may be reproduced without permission."},
		},
		label: labels{"Summary", "Contents", "Introduction", "References", "Updated", "Published", "By", "Published by", "Report No.", "Suggested citation", "Prepared for", "Submission by",
			"TO:", "FROM:", "DATE:", "SUBJECT:", "MEMORANDUM", "About the author", "page", "Printed by Halden Press Ltd", "The views expressed here are those of the authors and do not reflect the position of the Aldane Parliament.",
			"Paper presented at the Fourth Annual Conference on Regional Affairs", "Select Committee on Regional Affairs", "Thirty-first session"},
	}
}
