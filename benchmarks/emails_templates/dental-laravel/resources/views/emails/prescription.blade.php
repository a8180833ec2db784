<h2>Your prescription</h2>
<p>Dear {{ $prescription->patient->full_name }},</p>
<table>
@foreach($prescription->medicines as $medicine)
<tr><td>{{ $medicine->name }}</td><td>{{ $medicine->pivot->dosage }}</td><td>{{ $medicine->pivot->days }} days</td></tr>
@endforeach
</table>
