@component('mail::message')
Hello {{ $user->name }},

Your medicines are on the way. Tracking: {{ $tracking }}
@endcomponent
