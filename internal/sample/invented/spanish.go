package invented

func spanish() *words {
	return &words{
		tag: "es", and: " y ", dayForm: "%d de %s de %d", monthForm: "%s de %d",
		months:    [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
		topics:    split("el transporte costero|la electricidad rural|el precio del agua|la reserva de granos|la seguridad portuaria|el transporte ferroviario|la deuda de los hogares|la radiodifusión pública|el catastro|el desminado|la navegación fluvial|los comedores escolares|las cuotas de pesca|el comercio fronterizo|la salud penitenciaria"),
		places:    split("el Valle Bajo|el Altiplano|la región de los Lagos|la costa oriental|Aldania"),
		titles:    split("El futuro: {t}|Repensar {t}|{T} después de la crisis|{T}: balance y perspectivas|¿Quién financia {t}?|Siete preguntas sobre {t}|{T} en {p}|Más allá de las promesas: {t}|{T}, una tarea pendiente|Reformar {t} antes de {y}|Comprender {t} en {p}"),
		subtitles: split("Propuestas para la toma de decisiones|Una revisión de la evidencia|Tres escenarios hacia {y}|Qué ha cambiado y por qué"),
		sentences: split("El debate público sobre {t} ha cambiado mucho en la última década.|En {p}, la administración sigue aplicando normas de otra época.|El costo de la demora recae sobre quienes tienen menos influencia.|Este estudio se basa en cuarenta entrevistas y en documentos presupuestarios.|La mayoría de las propuestas de 2004 y 2007 nunca se llevó a cabo.|Un registro común permitiría a los organismos coordinar mejor su labor.|Nuestros resultados indican que bastarían reformas modestas.|Los datos disponibles siguen siendo fragmentarios.|Varios gobiernos se opusieron a normas vinculantes.|Hacia {y} el sistema actual dejará de ser sostenible.|Los trabajos anteriores de Herrera y de Quispe llegaron a otra conclusión."),
		given:     split("María José|Carlos|Lucía|Juan Pablo|Ximena|Rodrigo|Beatriz|Andrés|Inés|Gonzalo|Pilar|Esteban"),
		family:    split("García Márquez|Fernández|Quispe Huamán|de la Fuente|Ibáñez Soto|Restrepo|Villanueva Ruiz|Ortega|Zapata|Echeverría|Salazar Luna|Cabrera"),
		states:    split("República de Aldania|Delegación del Valle Bajo|Comisión de Navegación Fluvial"),
		clients:   split("Ministerio de Transportes de Aldania|Fondo de Desarrollo del Valle Bajo"),
		series:    split("Documento de trabajo|Nota de política|Cuaderno de investigación|Serie Estudios"),
		houses: houseList(`Instituto de Políticas Costeras;IPC;instituto-costero.org;Avenida del Muelle 14, Puerto Aldán
Fundación Quebrada Honda;FQH;quebradahonda.org;Calle Real 27, Aldán
Contraloría General de Aldania;CGA;contraloria-aldania.org;Plaza Mayor 1, Aldán
Observatorio del Altiplano;ODA;observatorio-altiplano.org;Paseo de los Andes 9, Monteagudo
Centro de Estudios Rurales;CER;estudiosrurales.org;Campus Norte, Monteagudo`),
		rights: []rightsWords{
			{"all-rights-reserved", "© {y} {h}. Todos los derechos reservados."}, {"copyright", "© {h}, {y}"},
			{"cc-by-4.0", "© {h}. Esta obra está bajo una licencia Creative Commons Atribución 4.0 Internacional."},
		},
		label: labels{"Resumen", "Índice", "Introducción", "Referencias", "Actualizado el", "Publicado el", "Por", "Editor:", "Informe n.º", "Cita sugerida", "Estudio elaborado por encargo de", "Contribución de",
			"PARA:", "DE:", "FECHA:", "ASUNTO:", "MEMORANDO", "Sobre el autor", "página", "Impreso por Imprenta Halden", "Las opiniones expresadas son responsabilidad de los autores y no reflejan las del Parlamento de Aldania.",
			"Ponencia presentada en la Cuarta Conferencia Anual de Estudios Regionales", "Comisión de Asuntos Regionales", "31.º período de sesiones"},
	}
}
