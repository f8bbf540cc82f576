"""The service description (https://www.w3.org/TR/sparql11-service-description/), without blank nodes."""

from typing import Final

FORMATS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML",
)  # fmt: skip
"""Local names of the formats in http://www.w3.org/ns/formats/."""

TEMPLATE: Final = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix graph: <https://w3id.org/diplokg/graph/> .

<#service> a sd:Service ;
  rdfs:label "Claims of diplomatic news (diplokg)"@en, "Aussagen aus diplomatischen Nachrichten (diplokg)"@de ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat {formats} ;
  sd:defaultDataset <#dataset> .

<#dataset> a sd:Dataset ;
  rdfs:comment "Besides these graphs there is one for each article, with its claims."@en ;
  sd:defaultGraph <#union> ;
  sd:namedGraph <#entities>, <#events>, <#edges>, <#runs>, <#ontology> .

<#union> a sd:Graph ; rdfs:comment "The union of all graphs."@en .
<#entities> a sd:NamedGraph ; sd:name graph:entities .
<#events> a sd:NamedGraph ; sd:name graph:events .
<#edges> a sd:NamedGraph ; sd:name graph:edges .
<#runs> a sd:NamedGraph ; sd:name graph:runs .
<#ontology> a sd:NamedGraph ; sd:name graph:ontology .
"""


def service_description() -> str:
    """Return Turtle whose IRIs are relative to the endpoint. Raises nothing."""
    return TEMPLATE.format(formats=", ".join(f"formats:{name}" for name in FORMATS))
