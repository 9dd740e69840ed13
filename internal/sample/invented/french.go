package invented

func french() *words {
	return &words{
		tag: "fr", and: " et ", dayForm: "%d %s %d", monthForm: "%s %d",
		months:    [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		topics:    split("le cabotage|l’électricité rurale|le prix de l’eau|la réserve de grains|la sécurité portuaire|le fret ferroviaire|la dette des ménages|l’audiovisuel public|le cadastre|le déminage|la navigation fluviale|les cantines scolaires|l’assurance contre la sécheresse|les quotas de pêche|le commerce frontalier|la santé en prison"),
		places:    split("la Basse-Vallée|les Hauts-Plateaux|la région des Lacs|la côte orientale|l’Aldanie"),
		titles:    split("L’avenir de la question : {t}|Repenser {t}|{T} à l’épreuve des crises|{T} : bilan et perspectives|Qui finance {t} ?|Sept questions sur {t}|{T} dans {p}|Au-delà des promesses : {t}|{T}, un chantier ouvert|Réformer {t} d’ici {y}|Comprendre {t} dans {p}"),
		subtitles: split("Propositions pour les décideurs|Une revue des travaux existants|Trois scénarios à l’horizon {y}|Ce qui a changé et pourquoi"),
		sentences: split("Le débat public sur {t} a beaucoup évolué depuis dix ans.|Dans {p}, l’administration s’appuie encore sur des règles d’un autre temps.|Le coût de l’inaction pèse sur ceux qui ont le moins d’influence.|Cette étude repose sur quarante entretiens et sur des documents budgétaires.|La plupart des propositions avancées en 2004 et en 2007 sont restées lettre morte.|Un registre commun permettrait aux services de mieux coordonner leur action.|Nos résultats montrent que des réformes modestes suffiraient.|Les données disponibles restent toutefois fragmentaires.|Plusieurs gouvernements se sont opposés à des règles contraignantes.|D’ici {y}, le dispositif actuel ne sera plus soutenable.|Les travaux antérieurs de Lambert et de Diallo aboutissaient à une autre conclusion."),
		given:     split("Hélène|Jean-Baptiste|Mariam|Luc|Anne-Sophie|Karim|Thérèse|Olivier|Nadège|François|Aïssatou|Étienne"),
		family:    split("Delacroix|Moreau-Lefèvre|N’Diaye|de La Tour|Benali|Girard|Koné|Le Bihan|Charpentier|Rousselot|Traoré|Vasseur"),
		states:    split("République d’Aldanie|Délégation de la Basse-Vallée|Commission de la navigation fluviale"),
		clients:   split("ministère des Transports d’Aldanie|Caisse de développement de la Basse-Vallée"),
		series:    split("Note d’analyse|Document de travail|Cahier de recherche|Études et documents"),
		houses: houseList(`Institut des politiques côtières;IPC;institut-cotier.org;12, quai des Brumes, Port-Aldan
Fondation Vauquelin;FV;fondation-vauquelin.org;3, rue du Beffroi, Aldan
Observatoire de la dette publique;ODP;observatoire-dette.org;8, place de la Halle, Aldan
Cour des comptes d’Aldanie;CCA;comptes-aldanie.org;1, cour du Palais, Aldan
Centre d’études des Hauts-Plateaux;CEHP;cehp-plateaux.org;Campus de la Combe, Montrésor`),
		rights: []rightsWords{
			{"all-rights-reserved", "© {h}, {y}. Tous droits réservés."}, {"copyright", "© {h} {y}"},
			{"cc-by-4.0", "© {h}. Ce document est mis à disposition selon les termes de la licence Creative Commons Attribution 4.0 International."},
		},
		label: labels{"Résumé", "Sommaire", "Introduction", "Références", "Mis à jour le", "Publié le", "Par", "Éditeur :", "Rapport n°", "Pour citer ce document", "Étude réalisée à la demande de", "Contribution de",
			"À :", "DE :", "DATE :", "OBJET :", "NOTE INTERNE", "À propos de l’auteur", "page", "Imprimé par l’Imprimerie Halden", "Les opinions exprimées n’engagent que leurs auteurs et non le Parlement d’Aldanie.",
			"Communication présentée à la quatrième conférence annuelle des études régionales", "Commission des affaires régionales", "Trente et unième session"},
	}
}
