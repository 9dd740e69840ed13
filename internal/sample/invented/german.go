package invented

func german() *words {
	return &words{
		tag: "de", and: " und ", dayForm: "%d. %s %d", monthForm: "%s %d",
		months:    [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		topics:    split("Küstenschifffahrt|Stromversorgung auf dem Land|Wasserpreise|Getreidereserven|Hafensicherheit|Schienengüterverkehr|Verschuldung der Haushalte|öffentlicher Rundfunk|Grundbuchwesen|Minenräumung|Flussschifffahrt|Schulverpflegung|Fischereiquoten|Grenzhandel|Gesundheit im Strafvollzug"),
		places:    split("der Nordmark|der Seenregion|der Ostküste|Aldanien|dem Hochland"),
		titles:    split("Die Zukunft: {T}|{T} neu denken|{T} nach der Krise|{T}: Bilanz und Ausblick|Wer bezahlt? {T} in {p}|Sieben Fragen zum Thema {T}|{T} in {p}|Jenseits der Versprechen: {T}|{T} als offene Aufgabe|{T} im Wandel|{T} bis {y}"),
		subtitles: split("Vorschläge für die Politik|Ein Überblick über die Forschung|Drei Szenarien bis {y}|Was sich geändert hat und warum"),
		sentences: split("Die öffentliche Debatte hat sich in den letzten zehn Jahren stark verändert.|In {p} stützen sich die Behörden noch immer auf Regeln aus einer anderen Zeit.|Die Kosten des Zögerns tragen jene, die am wenigsten Einfluss haben.|Die Studie beruht auf vierzig Interviews und auf Haushaltsunterlagen.|Die meisten Vorschläge aus den Jahren 2004 und 2007 wurden nie umgesetzt.|Ein gemeinsames Register würde es den Behörden erlauben, ihre Arbeit besser abzustimmen.|Unsere Ergebnisse zeigen, dass schon kleine Reformen genügen würden.|Die verfügbaren Daten bleiben allerdings lückenhaft.|Mehrere Regierungen lehnten verbindliche Regeln ab.|Bis {y} wird das heutige System nicht mehr bezahlbar sein.|Frühere Arbeiten von Lindner und Yilmaz kamen zu einem anderen Schluss."),
		given:     split("Annegret|Jürgen|Katharina|Hans-Peter|Ayşe|Matthias|Ingrid|Lukas|Friederike|Björn|Ulrike|Stefan"),
		family:    split("Großmann|von Reichenbach|Yıldız|Schäfer|Kowalczyk|Brandstätter|Lüdemann|Weiß|Hofstetter|Zimmermann|Petersen|Öztürk"),
		states:    split("Republik Aldanien|Delegation der Nordmark|Kommission für Flussschifffahrt"),
		clients:   split("Bundesministerium für Verkehr von Aldanien|Entwicklungsfonds Nordmark"),
		series:    split("Arbeitspapier|Diskussionspapier|Kurzanalyse|Studie"),
		houses: houseList(`Institut für Küstenpolitik;IKP;institut-kuestenpolitik.org;Kaistraße 14, Aldhafen
Stiftung Zukunft der Nordmark;SZN;stiftung-nordmark.org;Lindenallee 3, Nordburg
Rechnungshof Aldanien;RHA;rechnungshof-aldanien.org;Schlossplatz 1, Aldstadt
Zentrum für ländliche Entwicklung;ZLE;zentrum-land.org;Am Campus 7, Seenfeld
Gesellschaft für Hafenwirtschaft;GHW;hafenwirtschaft-gesellschaft.org;Speicherweg 22, Aldhafen`),
		rights: []rightsWords{
			{"all-rights-reserved", "© {y} {h}. Alle Rechte vorbehalten."}, {"copyright", "© {h}, {y}"},
			{"cc-by-4.0", "© {h}. Dieses Werk ist lizenziert unter einer Creative Commons Namensnennung 4.0 International Lizenz."},
		},
		label: labels{"Zusammenfassung", "Inhalt", "Einleitung", "Literatur", "Aktualisiert am", "Veröffentlicht am", "Von", "Herausgeber:", "Bericht Nr.", "Zitiervorschlag", "Erstellt im Auftrag von", "Beitrag:",
			"AN:", "VON:", "DATUM:", "BETREFF:", "VERMERK", "Über den Autor", "Seite", "Druck: Halden Druckerei GmbH", "Die hier geäußerten Ansichten sind die der Verfasser und nicht die des Parlaments von Aldanien.",
			"Vortrag auf der vierten Jahrestagung für Regionalfragen", "Ausschuss für Regionalfragen", "Einunddreißigste Tagung"},
	}
}
