<p>Bonjour {{ $patient->prenom }},</p><p>Motif indiqué : {{ $consultation->motif_libelle }}</p><p>Le médecin vous rappellera à {{ $heure }}.</p>
