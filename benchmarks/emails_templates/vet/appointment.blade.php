@component('mail::message')
Hello {{ $owner->name }},

The appointment of {{ $pet->name }} for **{{ $appointment->reason }}** is confirmed on {{ $appointment->date }}.
@endcomponent
